import { expect, test } from "vitest";
import { NameReader } from "../../../src/mdns/wire/name-reader.ts";
import { PacketText } from "../../../src/mdns/wire/packet-text.ts";
import { labels, pointer } from "./packet-bytes.ts";

const HEADER = new Uint8Array(12);

/** The bytes, and how often one of them was looked at. */
function counted(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly looks: () => number } {
  let looks = 0;
  const get = (target: Uint8Array, key: string): unknown => {
    if (/^\d+$/.test(key)) looks++;
    return Reflect.get(target, key);
  };
  return { bytes: new Proxy(bytes, { get } as ProxyHandler<Uint8Array>), looks: () => looks };
}

const ONES = new Uint8Array(4_000).fill(1); // label after label of one byte
const RUN = 100;

test.each([
  ["one run", [...ONES], 12],
  [
    "a chain of runs, each in bounds",
    Array.from({ length: 30 }, (_, run) => [
      ...ONES.subarray(0, RUN),
      ...pointer(12 + (RUN + 2) * Math.max(0, run - 1)),
    ]).flat(),
    12 + (RUN + 2) * 29,
  ],
])(
  "%s of labels behind a pointer is followed no further than a name may be long (H-17, S-10)",
  (_what, behind, target) => {
    const packet = Uint8Array.from([...HEADER, ...behind, ...pointer(target)]);
    const { bytes, looks } = counted(packet);
    expect(new NameReader(bytes, new PacketText(packet)).read(packet.length - 2)).toBeUndefined();
    expect(looks()).toBeLessThan(300);
  },
);

test("a name of 255 bytes behind a pointer is read, one of 256 is not (RFC 6762 App. C, W-29)", () => {
  const run = labels("x".repeat(63), "x".repeat(63), "x".repeat(63));
  const wireLengths = [62, 63].map((last) => {
    const packet = Uint8Array.from([...HEADER, ...run, ...labels("x".repeat(last)), 0, ...pointer(12)]);
    return new NameReader(packet, new PacketText(packet)).read(packet.length - 2)?.wireLength;
  });
  expect(wireLengths).toEqual([256, undefined]);
});
