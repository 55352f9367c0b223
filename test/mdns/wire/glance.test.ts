import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { glance, nameHash } from "../../../src/mdns/wire/glance.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import { arbitraryMessage, arbitraryName } from "./arbitrary-message.ts";
import { PACKETS } from "./fixture-packets.ts";
import { labels, message, name, pointer, question, record } from "./packet-bytes.ts";

const nobody = new Set<number>();
const interest = (...names: string[]) => new Set(names.map((text) => nameHash(Name.parse(text))));
const A = [1, 2, 3, 4];

describe("nameHash", () => {
  test("folds ASCII case (W-33)", () => {
    fc.assert(
      fc.property(arbitraryName, (given) => {
        const upper = Name.of(
          given.labels.map((label) => label.map((byte) => (byte >= 97 && byte <= 122 ? byte - 32 : byte))),
        );
        expect(nameHash(upper)).toBe(nameHash(given));
      }),
    );
  });

  test("hardly ever gives two names the same value", () => {
    const hashes = new Set<number>();
    for (let count = 0; count < 50_000; count++) hashes.add(nameHash(Name.of([`host-${count}`, "local"])));
    expect(hashes.size).toBeGreaterThan(49_990);
  });
});

describe("a packet that concerns somebody", () => {
  test("is told by any question or owner name in any section, whatever the case", () => {
    fc.assert(
      fc.property(arbitraryMessage, (made) => {
        const packet = encodeMessage(made);
        const entries = [...made.questions, ...made.answers, ...made.authorities, ...made.additionals];
        for (const entry of entries) expect(glance(packet, new Set([nameHash(entry.name)]))).toBe("some");
        expect(glance(packet, nobody)).toBe("none");
      }),
      { numRuns: 500 },
    );
  });

  test("by a name behind pointers", () => {
    const packet = message({ an: 2 }, record(name("a", "local"), 1, A), record([...labels("b"), ...pointer(14)], 1, A));
    expect(glance(packet, interest("b.local"))).toBe("some");
    expect(glance(packet, interest("B.LOCAL"))).toBe("some");
    expect(glance(packet, interest("local"))).toBe("none");
  });

  test("by a name behind more pointers than it follows, to be safe", () => {
    const chain = Array.from({ length: 200 }, (_, link) => pointer(link === 0 ? 12 : 42 + 2 * (link - 1))).flat();
    const packet = message(
      { an: 3 },
      record(name("a", "local"), 10, []),
      record(name(), 10, chain),
      record(pointer(42 + 2 * 199), 10, []),
    );
    expect(glance(packet, nobody)).toBe("some");
  });
});

describe("a packet that concerns nobody", () => {
  test.each([...PACKETS])("%s", (_file, packet) => {
    expect(glance(packet, interest("_other._tcp.local", "other.local"))).toBe("none");
  });

  test("names in rdata do not count", () => {
    const packet = message({ an: 1 }, record(name("a", "local"), 12, name("b", "local")));
    expect(glance(packet, interest("b.local"))).toBe("none");
  });
});

describe("a broken packet", () => {
  test.each<[string, Uint8Array]>([
    ["shorter than a header", new Uint8Array(11)],
    ["with fewer records than promised", message({ an: 65_535 })],
    ["with a question cut off", message({ qd: 1 }, name("a"), [0])],
    ["with a label type that is none", message({ an: 1 }, record([0x40, 0x61, 0], 1, A))],
    ["with a pointer forward", message({ an: 1 }, record(pointer(14), 1, A))],
    ["with a pointer to itself", message({ an: 1 }, record(pointer(12), 1, A))],
    ["with a pointer into the header", message({ an: 1 }, record(pointer(0), 1, A))],
    ["with rdata past its end", message({ an: 1 }, record(name("a"), 1, A, { rdlength: 5 }))],
  ])("%s is malformed when nothing in it matters (H-28)", (_what, packet) => {
    expect(glance(packet, nobody)).toBe("malformed");
  });

  test("still tells what can be read of it", () => {
    const bad = record(pointer(0x3fff), 1, A);
    const good = record(name("a", "local"), 1, A);
    expect(glance(message({ an: 2 }, bad, good), interest("a.local"))).toBe("some");
    expect(glance(message({ an: 2 }, good, [0x40]), interest("a.local"))).toBe("some");
    expect(glance(message({ qd: 1, an: 1 }, question(name("q"), 1), good), interest("q"))).toBe("some");
  });
});
