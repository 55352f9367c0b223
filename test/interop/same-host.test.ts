import { setTimeout } from "node:timers/promises";
import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse } from "./avahi-browse.ts";
import { Earshot, publish } from "./earshot.ts";
import { PacketRecorder } from "./packet-recorder.ts";
import { test } from "./prerequisites.ts";

test.for(["Avahi", "earshot"])(
  "Avahi and we share one host and its name, %s first, and nobody renames (N-24, L-14, P-35)",
  async (first, { lan }) => {
    const segment = lan.segment();
    const [both, observer] = [lan.host(segment), lan.host(segment)];
    const recorder = await PacketRecorder.start(segment);
    const watcher = await startAvahi(observer);
    const startOurs = () => publish(both, "Ours", "_http._tcp", "8080");
    const early = first === "earshot" ? await startOurs() : undefined;
    const avahi = await startAvahi(both);
    const ours = early ?? (await startOurs());
    avahi.client("avahi-publish", "--service", "Theirs", "_http._tcp", "80");

    const browse = new AvahiBrowse(watcher, "_http._tcp");
    expect(await browse.expect({ sign: "=", name: "Ours" })).toMatchObject({ host: "host1.local", port: 8080 });
    expect(await browse.expect({ sign: "=", name: "Theirs" })).toMatchObject({ host: "host1.local", port: 80 });
    const ownBrowse = new Earshot(both, "mdns-browse", "_http._tcp");
    await ownBrowse.expect({ event: "up", name: "Ours", host: "host1.local" });
    await ownBrowse.expect({ event: "up", name: "Theirs", host: "host1.local" });
    await new AvahiBrowse(avahi, "_http._tcp").expect({ sign: "=", name: "Ours", host: "host1.local" });

    expect(avahi.hostName).toBe("host1.local");
    expect(avahi.daemon.lines.filter((line) => line.includes("conflict"))).toEqual([]);
    expect(ours.events.map(({ event }) => event)).toEqual(["published"]);
    expect(recorder.packets.filter(({ text }) => /host1-\d|\(2\)|#2/.test(text))).toEqual([]);
    await ours.program.stop();
    await browse.expect({ sign: "-", name: "Ours" });
  },
);

test.for(["Avahi", "earshot"])(
  "Avahi and we share one host under two names, %s first, and nobody renames (N-24, A-60)",
  async (first, { lan }) => {
    const segment = lan.segment();
    const [both, observer] = [lan.host(segment), lan.host(segment)];
    const watcher = await startAvahi(observer);
    const startOurs = () => publish(both, "Ours", "_http._tcp", "8080");
    const early = first === "earshot" ? await startOurs() : undefined;
    const avahi = await startAvahi(both, { hostName: "other" });
    const ours = early ?? (await startOurs());
    avahi.client("avahi-publish", "--service", "Theirs", "_http._tcp", "80");

    const browse = new AvahiBrowse(watcher, "_http._tcp");
    await browse.expect({ sign: "=", name: "Ours", host: "host1.local" });
    await browse.expect({ sign: "=", name: "Theirs", host: "other.local" });
    expect(avahi.hostName).toBe("other.local");
    await ours.program.stop();
    await browse.expect({ sign: "-", name: "Ours" });
    expect(ours.events.map(({ event }) => event)).toEqual(["published", "withdrawn"]);
    expect(avahi.daemon.lines.filter((line) => line.includes("conflict"))).toEqual([]);
  },
);

test("two browsers of one host find what Avahi publishes, however soon the second one follows (N-24)", async ({
  lan,
}) => {
  const segment = lan.segment(["ipv4"]);
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  avahi.client("avahi-publish", "--service", "Theirs", "_http._tcp", "80");
  await new AvahiBrowse(avahi, "_http._tcp").expect({ sign: "=", name: "Theirs" });
  for (const wait of [100, 200, 300, 400]) {
    const first = new Earshot(ours, "mdns-browse", "_http._tcp");
    await setTimeout(wait);
    const second = new Earshot(ours, "mdns-browse", "_http._tcp");
    await Promise.all([first, second].map((browse) => browse.expect({ event: "up", name: "Theirs" })));
    await Promise.all([first, second].map(({ program }) => program.stop()));
  }
});
