import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CaptureError } from "../../../../src/cli/monitor/capture/capture-error.ts";
import { CaptureReader } from "../../../../src/cli/monitor/capture/capture-reader.ts";
import type { Frame } from "../../../../src/cli/monitor/capture/frame.ts";
import { NOON, pcap, pcapng } from "./capture-fixture.ts";

/** All frames of a capture, and the code of the error after them. */
function read(chunks: readonly Uint8Array[]): { frames: Frame[]; code: string | undefined; message: string } {
  const reader = new CaptureReader();
  const frames: Frame[] = [];
  try {
    for (const chunk of chunks) for (const frame of reader.push(chunk)) frames.push(frame);
    reader.end();
    return { frames, code: undefined, message: "" };
  } catch (error) {
    if (!(error instanceof CaptureError)) throw error;
    return { frames, code: error.code, message: error.message };
  }
}

const FRAMES = [Buffer.from("first"), Buffer.from(""), Buffer.from("and the third")];
const STYLES = [true, false].flatMap((little) => [true, false].map((nanoseconds) => ({ little, nanoseconds })));

describe.each([
  ["pcap", pcap, undefined],
  ["pcapng", pcapng, "e0"],
] as const)("%s", (_, write, name) => {
  test.each(STYLES)("frames, times and link type are read in every style: %o", (style) => {
    const { frames, code } = read([write(FRAMES, { ...style, linkType: 113 })]);
    expect(code).toBeUndefined();
    expect(frames).toEqual(
      FRAMES.map((bytes, index) => ({
        at: expect.closeTo(NOON + index * 1_000, 3), // a double holds nanoseconds since 1970 to 256
        linkType: 113,
        interface: name,
        bytes: Uint8Array.from(bytes),
      })),
    );
  });

  test("it may come in chunks of any size", () => {
    const file = write(FRAMES);
    const whole = read([file]);
    for (const size of [1, 7, 64]) {
      const chunks = Array.from({ length: Math.ceil(file.length / size) }, (_unused, index) =>
        file.slice(index * size, (index + 1) * size),
      );
      expect(read(chunks)).toEqual(whole);
    }
  });

  test("one that is cut gives what is whole, then says where it ends", () => {
    const file = write(FRAMES);
    expect(read([file.subarray(0, file.length - 3)])).toMatchObject({
      frames: [{}, {}],
      code: "ERR_CAPTURE_CUT",
      message: expect.stringMatching(/^it ends in the middle of (?:packet 3|block 6)$/),
    });
  });

  test("a length that cannot be ends it", () => {
    const file = Buffer.from(write(FRAMES));
    const at = file.indexOf("and the third") - (name === undefined ? 8 : 24);
    file.writeUInt32LE(0x7fffffff, at);
    expect(read([file])).toMatchObject({ frames: [{}, {}], code: "ERR_CAPTURE_DAMAGED" });
  });
});

test("a simple packet of pcapng has no time, and its padding does not count", () => {
  const file = Buffer.concat([
    pcapng([]),
    Buffer.from("03000000 18000000 05000000 68656c6c 6f000000 18000000".replaceAll(" ", ""), "hex"),
  ]);
  expect(read([file]).frames).toMatchObject([{ at: undefined, bytes: Uint8Array.from(Buffer.from("hello")) }]);
});

test("a second section has interfaces of its own", () => {
  expect(
    read([pcapng(FRAMES, { linkType: 1 }), pcapng(FRAMES, { little: false, linkType: 101 })]).frames,
  ).toMatchObject([1, 1, 1, 101, 101, 101].map((linkType) => ({ linkType })));
});

test.each([
  ["", "it is empty"],
  ["a1", "it has only 1 bytes"],
  ["1f8b0808", "it is compressed; decompress it first"],
  ["28b52ffd", "it is compressed; decompress it first"],
  ["7f454c46", "it is neither pcap nor pcapng; it begins with 0x7f454c46"],
])("bytes %j are no capture", (hex, message) => {
  expect(read([Buffer.from(hex, "hex")])).toEqual({ frames: [], code: "ERR_CAPTURE_FORMAT", message });
});

describe("any bytes give frames, or one typed error after them", () => {
  const damaged = fc
    .tuple(
      fc.constantFrom(pcap(FRAMES), pcapng(FRAMES)),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 8 }),
    )
    .map(([file, changes]) => {
      const bytes = Uint8Array.from(file);
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      return bytes;
    });

  test.each([
    ["noise", fc.uint8Array({ maxLength: 300 })],
    ["captures with some bytes changed", damaged],
  ])("%s", (_, arbitrary) => {
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 50 }), (bytes, size) => {
        const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_unused, index) =>
          bytes.slice(index * size, (index + 1) * size),
        );
        const { frames } = read(chunks);
        expect(frames.every((frame) => frame.bytes.length <= bytes.length)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
