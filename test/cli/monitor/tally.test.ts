import { expect, test } from "vitest";
import { Tally } from "../../../src/cli/monitor/tally.ts";
import { packet, question } from "./packet-fixture.ts";

test("however many addresses send, the hosts counted apart are at most 1,000, the busiest first", () => {
  const tally = new Tally();
  const add = (source: string) => tally.add(packet({ questions: [question("_ipp._tcp.local")] }, { source }), []);
  for (let host = 0; host < 1_200; host++) add(`10.77.${host >> 8}.${host & 255}`);
  add("10.77.0.5");
  expect(tally.packets).toBe(1_201);
  expect(tally.hosts).toHaveLength(1_001);
  expect([tally.hosts[0], tally.hosts.at(-1)]).toMatchObject([
    { host: "10.77.0.5", packets: 2 },
    { host: "others", packets: 200 },
  ]);
});
