import { readdirSync, readFileSync } from "node:fs";
import fc from "fast-check";

const FOLDER = new URL("corpus/", import.meta.url);

/** The packets of the corpus. */
export const CORPUS: readonly Uint8Array[] = readdirSync(FOLDER)
  .filter((file) => file.endsWith(".bin"))
  .map((file) => Uint8Array.from(readFileSync(new URL(file, FOLDER))));

const MOST = 9_000; // bytes
// Label lengths, pointers, types and counts at their edges.
const TELLING = [0, 1, 2, 12, 16, 28, 33, 41, 47, 63, 64, 127, 128, 0xbf, 0xc0, 0xff];

const byte = fc.oneof(fc.nat(255), fc.constantFrom(...TELLING));
const change = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), at: fc.nat(), byte }),
  fc.record({ kind: fc.constant("cut" as const), at: fc.nat(), length: fc.nat(20) }),
  fc.record({
    kind: fc.constant("repeat" as const),
    at: fc.nat(),
    length: fc.nat(40),
    times: fc.integer({ min: 1, max: 200 }),
  }),
  fc.record({ kind: fc.constant("splice" as const), at: fc.nat(), from: fc.constantFrom(...CORPUS), start: fc.nat() }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(bytes: Uint8Array, one: Change): Uint8Array {
  if (bytes.length === 0) return bytes;
  const at = one.at % bytes.length;
  const parts = (): readonly Uint8Array[] => {
    switch (one.kind) {
      case "set":
        return [bytes.subarray(0, at), Uint8Array.of(one.byte), bytes.subarray(at + 1)];
      case "cut":
        return [bytes.subarray(0, at), bytes.subarray(at + one.length)];
      case "repeat":
        return [
          bytes.subarray(0, at),
          ...new Array(one.times).fill(bytes.subarray(at, at + one.length)),
          bytes.subarray(at),
        ];
      case "splice":
        return [bytes.subarray(0, at), one.from.subarray(one.start % one.from.length)];
    }
  };
  return Uint8Array.from(Buffer.concat(parts()).subarray(0, MOST));
}

/** A packet of the corpus with a few changes, of a kind that a fuzzer makes. */
export const mutant: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.constantFrom(...CORPUS), fc.array(change, { maxLength: 6 }))
  .map(([bytes, changes]) => changes.reduce(changed, bytes));
