import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { labelText, Name } from "../../../src/mdns/wire/name.ts";

const ROUND_TRIPS = fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 8 });

function bytesOf(name: Name): number[][] {
  return name.labels.map((label) => [...label]);
}

describe("the presentation form", () => {
  test("comes back to the same bytes for any labels (H-08)", () => {
    fc.assert(
      fc.property(ROUND_TRIPS, (labels) => {
        const name = Name.of(labels);
        const back = Name.parse(name.toString());
        expect(bytesOf(back)).toEqual(labels.map((label) => [...label]));
        expect(back.wire).toBe(name.wire);
      }),
      { numRuns: 2_000 },
    );
  });

  test("comes back to the same bytes for any text (H-08)", () => {
    const text = fc.string({ unit: "binary", minLength: 1, maxLength: 15 });
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), (labels) => {
        const name = Name.of(labels);
        expect(Name.parse(name.toString()).wire).toBe(name.wire);
        expect(Name.parse(`${name.toString()}`.replace(/^\.$/, "")).wire).toBe(name.wire);
      }),
      { numRuns: 1_000 },
    );
  });

  test.each([
    ["Dr\\. Who._ipp._tcp.local", ["Dr. Who", "_ipp", "_tcp", "local"]],
    ["C\\\\D.local", ["C\\D", "local"]],
    ["a\\046b.local.", ["a.b", "local"]],
    ["Büro 🖨.local", ["Büro 🖨", "local"]],
    ["a\\ b.local", ["a b", "local"]],
    ["", []],
    [".", []],
  ])("%s has the labels that it shows (H-09)", (text, expected) => {
    expect(Name.parse(text).labels.map(labelText)).toEqual(expected);
  });

  test.each([
    [["a.b", "local"], "a\\.b.local"],
    [["C\\D"], "C\\\\D"],
    [["tab\there"], "tab\\009here"],
    [["\u0085"], "\\194\\133"],
    [[], "."],
  ])("%j is written with escapes where they are needed", (labels, expected) => {
    expect(Name.of(labels).toString()).toBe(expected);
  });

  test("bytes that are not UTF-8 are shown in decimal (W-34)", () => {
    expect(Name.of([Uint8Array.of(0x61, 0xff, 0x2e)]).toString()).toBe("a\\255\\.");
  });

  test("text that is not NFC is shown in decimal, for as text it would be read as another name (W-31)", () => {
    const decomposed = Name.of([new TextEncoder().encode("u\u0308")]);
    expect(decomposed.toString()).toBe("u\\204\\136");
  });

  test.each([
    ["a..b", "ERR_WIRE_LABEL"],
    [".a", "ERR_WIRE_LABEL"],
    ["..", "ERR_WIRE_LABEL"],
    ["a\\", "ERR_WIRE_NAME"],
    ["a\\25", "ERR_WIRE_NAME"],
    ["a\\256", "ERR_WIRE_NAME"],
    ["a\\1x2", "ERR_WIRE_NAME"],
  ])("%s is refused", (text, code) => {
    expect(() => Name.parse(text)).toThrow(expect.objectContaining({ code }));
  });
});

describe("lengths (W-29, W-30)", () => {
  test("a label has 1 to 63 bytes, counted in UTF-8", () => {
    expect(Name.of(["x".repeat(63)]).wireLength).toBe(65);
    expect(Name.of(["ü".repeat(31)]).wireLength).toBe(64);
    expect(() => Name.of(["x".repeat(64)])).toThrow(expect.objectContaining({ code: "ERR_WIRE_LABEL" }));
    expect(() => Name.of(["ü".repeat(32)])).toThrow(expect.objectContaining({ code: "ERR_WIRE_LABEL" }));
    expect(() => Name.of([""])).toThrow(expect.objectContaining({ code: "ERR_WIRE_LABEL" }));
    expect(() => Name.of([new Uint8Array(0)])).toThrow(expect.objectContaining({ code: "ERR_WIRE_LABEL" }));
  });

  test("a name that is made has at most 255 bytes with its final zero", () => {
    const three = ["x".repeat(63), "x".repeat(63), "x".repeat(63)];
    expect(Name.of([...three, "x".repeat(61)]).wireLength).toBe(255);
    expect(() => Name.of([...three, "x".repeat(62)])).toThrow(expect.objectContaining({ code: "ERR_WIRE_NAME" }));
    expect(() => Name.of([...three, "x".repeat(61)]).child("y")).toThrow(
      expect.objectContaining({ code: "ERR_WIRE_NAME" }),
    );
  });
});

describe("text in names (W-31, W-32)", () => {
  test("text is brought into NFC and written as UTF-8 (W-31)", () => {
    expect(bytesOf(Name.of(["u\u0308"]))).toEqual([[0xc3, 0xbc]]);
    expect(bytesOf(Name.parse("u\u0308.local"))[0]).toEqual([0xc3, 0xbc]);
    expect(bytesOf(Name.of([Uint8Array.of(0x75, 0xcc, 0x88)]))).toEqual([[0x75, 0xcc, 0x88]]);
  });

  test("U+FEFF stays wherever it stands (W-32)", () => {
    const text = "\ufeffa\ufeff";
    expect(labelText(Name.of([text]).labels[0] as Uint8Array)).toBe(text);
    expect(Name.of(["a"]).wire).toBe("\u0001a");
  });
});

describe("comparison (W-33, W-34)", () => {
  test("folds A to Z and keeps the case as published", () => {
    const name = Name.of(["Office PRINTER", "local"]);
    expect(name.equals(Name.of(["office printer", "LOCAL"]))).toBe(true);
    expect(name.key).toBe(Name.of(["OFFICE printer", "local"]).key);
    expect(name.toString()).toBe("Office PRINTER.local");
  });

  test("changes exactly the 26 capital letters among all byte values (H-15)", () => {
    const folded = Array.from({ length: 256 }, (_, byte) => byte).filter((byte) => {
      const name = Name.of([Uint8Array.of(byte, 0xc3)]);
      return name.key !== name.wire;
    });
    expect(String.fromCharCode(...folded)).toBe("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  });

  test.each([
    ["é", "É"],
    ["ß", "ss"],
    ["i", "ı"],
    ["@", "`"],
    ["[", "{"],
  ])("tells %s and %s apart", (a, b) => {
    expect(Name.of([a]).equals(Name.of([b]))).toBe(false);
  });

  test("never takes a label's border for a byte of it (H-09)", () => {
    expect(Name.of(["a.b"]).equals(Name.of(["a", "b"]))).toBe(false);
    expect(Name.of(["a\u0005local"]).key).not.toBe(Name.of(["a", "local"]).key);
    expect(Name.of(["a\u0005local"]).endsWith(Name.of(["local"]))).toBe(false);
  });
});

describe("the labels of a name", () => {
  const name = Name.parse("Sub.Printer._ipp._tcp.LOCAL");

  test("endsWith compares whole labels without regard to case", () => {
    expect(name.endsWith(Name.parse("_ipp._tcp.local"))).toBe(true);
    expect(name.endsWith(name)).toBe(true);
    expect(name.endsWith(Name.root)).toBe(true);
    expect(name.endsWith(Name.parse("pp._tcp.local"))).toBe(false);
    expect(Name.parse("local").endsWith(name)).toBe(false);
  });

  test("parent drops labels at the left, child puts one there", () => {
    expect(name.parent().toString()).toBe("Printer._ipp._tcp.LOCAL");
    expect(name.parent(2).toString()).toBe("_ipp._tcp.LOCAL");
    expect(name.parent(99).isRoot).toBe(true);
    expect(Name.parse("local").child("a.b").toString()).toBe("a\\.b.local");
    expect(Name.root.child("x").equals(Name.of(["x"]))).toBe(true);
  });
});
