import { expect } from "vitest";
import { startAvahi } from "./avahi.ts";
import { AvahiBrowse } from "./avahi-browse.ts";
import { Earshot } from "./earshot.ts";
import { testAlone as test } from "./prerequisites.ts";

const ROUNDS = 5;

test("the time from process start to resolved service is told beside avahi-browse's", async ({ lan }) => {
  const segment = lan.segment();
  const [ours, theirs, third] = [lan.host(segment), lan.host(segment), lan.host(segment)];
  const [avahi, browser] = await Promise.all([startAvahi(theirs), startAvahi(third)]);
  const publisher = avahi.client("avahi-publish", "--service", "Beta", "_http._tcp", "80");
  await publisher.expect("Avahi publishes", (line) => (line.includes("Established") ? true : undefined));

  const times = { earshot: [] as number[], avahi: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    const browse = new Earshot(ours, "mdns-browse", "_http._tcp");
    await browse.expect({ event: "up", name: "Beta" });
    times.earshot.push(performance.now() - start);
    await browse.program.stop();
    const avahiStart = performance.now();
    const avahiBrowse = new AvahiBrowse(browser, "_http._tcp");
    await avahiBrowse.expect({ sign: "=", name: "Beta" });
    times.avahi.push(performance.now() - avahiStart);
    await avahiBrowse.program.stop();
  }
  process.stdout.write(
    `process start to resolved, ${ROUNDS} rounds: mdns-browse --json ${summary(times.earshot)}, ` +
      `avahi-browse -rp with its daemon running ${summary(times.avahi)}\n`,
  );
  expect(times.earshot).toHaveLength(ROUNDS);
});

function summary(times: readonly number[]): string {
  const sorted = times.map(Math.round).sort((a, b) => a - b);
  return `median ${sorted[Math.floor(sorted.length / 2)]} ms (${sorted[0]} to ${sorted.at(-1)})`;
}
