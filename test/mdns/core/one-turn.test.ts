import { expect, test } from "vitest";
import type { ClaimId } from "../../../src/mdns/core/output.ts";
import { CoreOnLink, times } from "./core-on-link.ts";
import { HOST_CLAIM, SERVICE_TYPE } from "./printer.ts";
import { own, ptr, srv, txt } from "./records.ts";

const COUNT = 100;

function service(index: number, text = ""): ReturnType<typeof own> {
  const name = `Service ${index}.${SERVICE_TYPE}`;
  return [...own("shared", ptr(SERVICE_TYPE, name)), ...own("unique", srv(name, "host.local", 80), txt(name, [text]))];
}

/** Claims many services while the driver is kept from running; each takes `pace` ms. */
function claimMany(link: CoreOnLink, pace = 0): readonly ClaimId[] {
  return Array.from({ length: COUNT }, (_, index) => link.core.register(service(index), link.now + index * pace));
}

test("claims of one turn share their probes and announcements (RFC 6762 §8.1, §8.3; P-60)", () => {
  const link = new CoreOnLink();
  claimMany(link);
  link.run(5_000);
  expect(new Set(times(link.probes))).toEqual(new Set([125, 375, 625]));
  expect(link.probes.length).toBeLessThanOrEqual(3 * 9);
  expect(link.responses.length).toBeLessThanOrEqual(2 * 9);
});

test("claims that come up while the core is late to begin join those that wait (RFC 6762 §8.1; P-60)", () => {
  const link = new CoreOnLink();
  claimMany(link, 5);
  link.sleep(COUNT * 5).run(5_000);
  expect(new Set(times(link.probes))).toEqual(new Set([500, 750, 1_000]));
});

test("a claim waits at random again when those that it could have joined are gone (RFC 6762 §8.1; P-05)", () => {
  const link = new CoreOnLink();
  link.withdraw(link.register(HOST_CLAIM)).sleep(60_000).clear();
  link.register(HOST_CLAIM);
  link.run(5_000);
  expect(times(link.probes)).toEqual([125, 375, 625]);
});

test("changes of one turn share their announcements (RFC 6762 §8.4)", () => {
  const link = new CoreOnLink();
  const claims = claimMany(link);
  link.run(10_000).clear();
  for (const [index, claim] of claims.entries()) link.core.update(claim, service(index, "changed"), link.now);
  link.run(5_000);
  expect(new Set(times(link.responses))).toEqual(new Set([0, 1_020]));
  expect(link.responses.length).toBeLessThanOrEqual(2 * 6);
});

test("what is withdrawn in one turn shares its goodbyes, and is gone at once (RFC 6762 §10.1)", () => {
  const link = new CoreOnLink();
  const claims = claimMany(link);
  link.run(10_000).clear();
  for (const claim of claims) link.core.withdraw(claim, link.now);
  expect(link.core.deadline).toBe(link.now);
  link.run(5_000);
  const records = link.responses.flatMap(({ message }) => message.answers);
  expect(records.map(({ ttl }) => ttl)).toEqual(Array(3 * COUNT).fill(0));
  expect(link.responses.length).toBeLessThanOrEqual(9);
  expect(link.core.deadline).toBeUndefined();
});

test("a shared record that is taken up again in the same turn gets no goodbye, but one when it ends after that (RFC 6762 §10.1)", () => {
  const link = new CoreOnLink();
  const shared = own("shared", ptr(SERVICE_TYPE, `Printer.${SERVICE_TYPE}`));
  const first = link.register(shared);
  link.run(10_000).clear();
  link.core.withdraw(first, link.now);
  const second = link.core.register(shared, link.now);
  link.run(500);
  expect(link.responses.flatMap(({ message }) => message.answers).map(({ ttl }) => ttl)).toEqual([4_500]);
  link.clear().withdraw(second);
  expect(link.responses.flatMap(({ message }) => message.answers).map(({ ttl }) => ttl)).toEqual([0]);
});
