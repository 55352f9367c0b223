import fc from "fast-check";
import { expect, test } from "vitest";
import { ipDatagram } from "../../../../src/cli/monitor/capture/ip-datagram.ts";
import { ipv4, ipv6, udp } from "./capture-fixture.ts";

const payload = Uint8Array.from(Buffer.from("hello"));

function read(packet: Uint8Array) {
  return ipDatagram(new DataView(packet.buffer, packet.byteOffset, packet.byteLength));
}

test("addresses, ports, TTL, size and payload of IPv4, with and without options (RFC 791 §3.1)", () => {
  const expected = {
    source: "10.77.1.2",
    destination: "224.0.0.251",
    sourcePort: 40_000,
    destinationPort: 5353,
    ttl: 64,
    payload,
  };
  const wire = { sourcePort: 40_000, ttl: 64 };
  expect(read(ipv4(wire))).toEqual({ ...expected, ipSize: 33 });
  expect(read(ipv4(wire, { options: Uint8Array.of(148, 4, 0, 0) }))).toEqual({ ...expected, ipSize: 37 });
});

test("IPv6, behind extension headers too (RFC 8200 §4)", () => {
  const hopByHop = Uint8Array.of(60, 0, 1, 4, 0, 0, 0, 0);
  const destinationOptions = Uint8Array.of(44, 0, 1, 4, 0, 0, 0, 0);
  const wholeFragment = Uint8Array.of(17, 0, 0, 0, 0, 0, 0, 1);
  const expected = { source: "fe80::1", destination: "ff02::fb", ttl: 255, payload };
  expect(read(ipv6())).toMatchObject({ ...expected, ipSize: 53 });
  const extensions = Buffer.concat([hopByHop, destinationOptions, wholeFragment]);
  expect(read(ipv6({}, { next: 0, extensions }))).toMatchObject({ ...expected, ipSize: 77 });
});

test("padding of the frame is no part of the datagram", () => {
  expect(read(Buffer.concat([ipv4(), new Uint8Array(13)]))).toMatchObject({ payload });
});

test.each([
  ["another protocol", ipv4({}, { protocol: 6 }), "other"],
  ["another version", Uint8Array.of(0x50, 0, 0, 0), "other"],
  ["the first fragment of IPv4", ipv4({}, { flags: 0x2000 }), "fragment"],
  ["a later fragment of IPv4", ipv4({}, { flags: 0x0010 }), "fragment"],
  ["a fragment of IPv6", ipv6({}, { next: 44, extensions: Uint8Array.of(17, 0, 0, 1, 0, 0, 0, 1) }), "fragment"],
  ["an IPv6 packet without end", ipv6({}, { next: 0, extensions: new Uint8Array(160) }), "other"],
  ["less than was sent", ipv4().subarray(0, 30), "cut"],
  ["less than a header", ipv6().subarray(0, 39), "cut"],
  [
    "a UDP length beyond the packet",
    ipv4({}, { data: Buffer.concat([udp({}).subarray(0, 4), Buffer.of(1, 0, 0, 0)]) }),
    "damaged",
  ],
  ["a header longer than the packet", Uint8Array.of(0x4f, 0, 0, 20, ...ipv4().subarray(4)), "damaged"],
])("%s is no datagram", (_, packet, reason) => {
  expect(read(packet)).toBe(reason);
});

test("any bytes are a datagram within them, or none", () => {
  const start = fc.constantFrom(ipv4(), ipv6());
  const changes = fc.array(fc.tuple(fc.nat(60), fc.nat(255)), { maxLength: 6 });
  fc.assert(
    fc.property(start, changes, fc.integer({ min: 1, max: 70 }), (packet, changed, size) => {
      const bytes = Uint8Array.from(packet.subarray(0, size));
      for (const [at, value] of changed) bytes[at % bytes.length] = value;
      const result = read(bytes);
      expect(typeof result === "string" || result.payload.length <= bytes.length - 28).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});
