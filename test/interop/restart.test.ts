import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse, expectResolved } from "./avahi-browse.ts";
import { Earshot, publish } from "./earshot.ts";
import { test } from "./prerequisites.ts";

test("killed without a goodbye, we come back under the same name and Avahi has the new port (P-33, N-10)", async ({
  lan,
}) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const browse = new AvahiBrowse(avahi, "_http._tcp");
  const killed = await publish(ours, "Beta", "_http._tcp", "8080");
  await browse.expect({ sign: "=", name: "Beta", port: 8080 });
  await killed.program.stop("SIGKILL");

  const restarted = await publish(ours, "Beta", "_http._tcp", "8081");
  expect(restarted.name).toBe("Beta");
  await expectResolved(avahi, "_http._tcp", "Beta", { port: 8081 });
  expect(browse.lines.filter(({ name }) => name !== "Beta")).toEqual([]);
});

test("an Avahi killed without a goodbye and started again is one service that stayed (N-10)", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const killed = await startAvahi(theirs);
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
  killed.client("avahi-publish", "--service", "Beta", "_http._tcp", "80");
  await browse.expect({ event: "up", name: "Beta", port: 80 });
  await killed.daemon.stop("SIGKILL");

  const restarted = await startAvahi(theirs);
  restarted.client("avahi-publish", "--service", "Beta", "_http._tcp", "81");
  await browse.expect({ event: "update", name: "Beta", port: 81 });
  expect(browse.events.map(({ event }) => event).filter((event) => event !== "update")).toEqual(["up"]);
});
