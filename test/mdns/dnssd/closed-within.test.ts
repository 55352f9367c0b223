import { expect, test } from "vitest";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import { Link } from "../../../src/mdns/link/link.ts";
import { Mdns } from "../../../src/mdns/mdns.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { a } from "../core/records.ts";
import { LateClock } from "./late-clock.ts";

test("all that a listener closes while a browser begins is closed, that browser too (N-10, S-10)", async () => {
  const clock = new LateClock();
  const [random, host] = [() => 0.5, new HostState()];
  const options = { families: ["ipv4"], random, host, unicast: true } as const;
  const link = new Link({ ...options, name: "e0", addresses: [], clock, transmit: () => {} });
  const mdns = new Mdns({
    network: {
      clock,
      random,
      host,
      links: new Set([link]),
      watch: (listener) => {
        listener.linkUp(link);
        return () => {};
      },
      close: async () => {},
    },
  });
  const records = mdns.query("brief.local", "A");
  let closing: Promise<void> | undefined;
  records.on("down", () => {
    closing = mdns.close();
  });
  clock.turn(1);
  const bytes = encodeMessage({ response: true, answers: [a("brief.local", "10.77.0.2", { ttl: 1 })] });
  const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
  link.receive({ bytes, source, to: "group", onLink: true, fromThisHost: false });
  expect(records.records).toHaveLength(1);
  clock.pass(2_000);
  const browser = mdns.browse("_http._tcp", { immediate: true });
  await closing;
  expect(browser.closed).toBe(true);
  expect(mdns.counters.open).toBe(0);
  expect(link.core.counters.questions).toBe(0);
});
