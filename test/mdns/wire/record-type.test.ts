import { expect, test } from "vitest";
import { TYPE, typeName, typeNumber } from "../../../src/mdns/wire/record-type.ts";

test.each([
  [1, "A"],
  [33, "SRV"],
  [47, "NSEC"],
  [52, "TLSA"],
  [64, "SVCB"],
  [255, "ANY"],
  [65_280, "TYPE65280"],
  [0, "TYPE0"],
])("type %i is called %s (RFC 3597 §5)", (type, name) => {
  expect(typeName(type)).toBe(name);
  expect(typeNumber(name)).toBe(type);
  expect(typeNumber(name.toLowerCase())).toBe(type);
});

test.each(["", "NOPE", "TYPE", "TYPE65536", "TYPE-1", "UNKNOWN_5x", "UNKNOWN_5"])("%j names no type", (name) => {
  expect(typeNumber(name)).toBeUndefined();
});

test("every type has a name that leads back to it", () => {
  for (let type = 0; type <= 0xffff; type++) expect(typeNumber(typeName(type))).toBe(type);
  expect(Object.values(TYPE)).toHaveLength(new Set(Object.values(TYPE)).size);
});
