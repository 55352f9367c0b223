import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse } from "./avahi-browse.ts";
import { Earshot, publish } from "./earshot.ts";
import { test } from "./prerequisites.ts";

const NAMES = [
  "A.B C\\D",
  "A.B.C.",
  "Büro 🖨 „Süd“",
  `${"é".repeat(31)}x`, // 63 bytes of UTF-8
  'semi;colon "quoted" 100%',
];

test.for(NAMES)("Avahi reads the name %j that we publish (N-19, D-04, D-05)", async (name, { lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const browse = new AvahiBrowse(avahi, "_http._tcp");
  const publisher = await publish(ours, name, "_http._tcp", "8080");

  expect(publisher.name).toBe(name);
  expect(await browse.expect({ sign: "=", name })).toMatchObject({ host: "host1.local", port: 8080 });
});

test.for(NAMES)("we read the name %j that Avahi publishes (N-19, B-04, B-06)", async (name, { lan }) => {
  const segment = lan.segment();
  const [ours, theirs] = [lan.host(segment), lan.host(segment)];
  const avahi = await startAvahi(theirs);
  const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
  avahi.client("avahi-publish", "--service", name, "_http._tcp", "8080");

  expect(await browse.expect({ event: "up", name })).toMatchObject({ host: "host2.local", port: 8080 });
});
