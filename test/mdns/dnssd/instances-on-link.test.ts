import { expect, test } from "vitest";
import { HostState } from "../../../src/mdns/core/host-state.ts";
import { InstancesOnLink } from "../../../src/mdns/dnssd/instances-on-link.ts";
import { Link } from "../../../src/mdns/link/link.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import { ptr, srv } from "../core/records.ts";
import { LateClock } from "./late-clock.ts";

const HTTP = "_http._tcp.local";
const SITE = `Site.${HTTP}`;

test("an instance that is over as its host is first asked for ends with its wake, and leaves no question behind (RFC 6763 §4; N-10, S-10)", () => {
  const clock = new LateClock();
  const link = new Link({
    name: "e0",
    addresses: [],
    clock,
    transmit: () => {},
    families: ["ipv4"],
    random: () => 0.5,
    host: new HostState(),
    unicast: true,
  });
  const keys: string[] = [];
  const instances = new InstancesOnLink(link, Name.parse(HTTP), {
    random: () => 0.5,
    immediate: false,
    changed: (key) => keys.push(key),
    overflow: () => {},
  });
  const answers = [ptr(HTTP, SITE, { ttl: 1 }), srv(SITE, "dev.local", 80, { flush: true })];
  const source = { family: "ipv4", address: "10.77.0.2", port: 5353 } as const;
  const bytes = encodeMessage({ response: true, answers });
  link.receive({ bytes, source, to: "group", onLink: true, fromThisHost: false });
  const [key = expect.fail("the instance was not found")] = keys;
  clock.pass(2_000);
  expect(instances.refresh(key)).toBeDefined();
  clock.turn(2_000);
  expect(instances.refresh(key)).toBeUndefined();
  instances.stop();
  expect(link.core.counters.questions).toBe(0);
});
