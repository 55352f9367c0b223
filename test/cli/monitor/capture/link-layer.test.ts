import fc from "fast-check";
import { expect, test } from "vitest";
import { ipPacket } from "../../../../src/cli/monitor/capture/link-layer.ts";
import { ethernet, ipv4, ipv6 } from "./capture-fixture.ts";

const SLL = Buffer.from("0000 0001 0006 000000000000 0000 0800".replaceAll(" ", ""), "hex");
const SLL2 = Buffer.from("0800 0000 00000002 0001 00 06 0000000000000000".replaceAll(" ", ""), "hex");

function bytesOf(linkType: number, frame: Uint8Array) {
  const packet = ipPacket(linkType, frame);
  return packet instanceof DataView ? new Uint8Array(packet.buffer, packet.byteOffset, packet.byteLength) : packet;
}

test.each([
  ["Ethernet, IPv4", 1, ethernet(ipv4())],
  ["Ethernet, IPv6", 1, ethernet(ipv6())],
  ["Ethernet with a VLAN tag", 1, ethernet(ipv4(), { tags: [0x8100] })],
  ["Ethernet with two VLAN tags", 1, ethernet(ipv4(), { tags: [0x88a8, 0x8100] })],
  ["Linux cooked", 113, Buffer.concat([SLL, ipv4()])],
  ["Linux cooked, second version", 276, Buffer.concat([SLL2, ipv4()])],
  ["raw IP", 101, ipv6()],
  ["raw IPv4", 228, ipv4()],
  ["BSD loopback", 0, Buffer.concat([Buffer.of(2, 0, 0, 0), ipv4()])],
  ["BSD loopback, the other byte order", 0, Buffer.concat([Buffer.of(0, 0, 0, 30), ipv6()])],
  ["OpenBSD loopback", 108, Buffer.concat([Buffer.of(0, 0, 0, 24), ipv6()])],
])("the IP packet is found behind %s", (_, linkType, frame) => {
  const packet = bytesOf(linkType, frame);
  expect([ipv4(), ipv6()].map((bytes) => Uint8Array.from(bytes))).toContainEqual(packet);
});

test.each([
  ["ARP", Buffer.concat([new Uint8Array(12), Buffer.of(0x08, 0x06), new Uint8Array(28)])],
  ["a frame that ends in its header", new Uint8Array(13)],
  ["VLAN tags without end", Buffer.concat([new Uint8Array(12), Buffer.from("81000001".repeat(20), "hex")])],
])("%s holds no IP packet", (_, frame) => {
  expect(bytesOf(1, frame)).toBeUndefined();
});

test("a link type that is not read here is told apart", () => {
  expect(bytesOf(105, ethernet(ipv4()))).toBe("unknown");
});

test("any bytes are an IP packet or none", () => {
  const linkTypes = fc.constantFrom(0, 1, 12, 14, 101, 108, 113, 228, 229, 276);
  fc.assert(
    fc.property(linkTypes, fc.uint8Array({ maxLength: 60 }), (linkType, frame) => {
      const packet = ipPacket(linkType, frame);
      expect(packet === undefined || (packet instanceof DataView && packet.byteLength > 0)).toBe(true);
    }),
  );
});
