import { expect, test } from "vitest";
import { unknownZone } from "../../src/cli/unknown-zone.ts";

test("a zone that is no interface is told together with the interfaces there are", () => {
  expect(unknownZone("fe80::1%nope", ["lo", "e0"])).toBe(
    '"fe80::1%nope": no interface "nope" is up; there are: lo, e0',
  );
  expect(unknownZone("fe80::1%nope", [])).toMatch(/there are: none$/);
});

test.each(["fe80::1%e0", "fe80::1", "10.77.0.1"])("%s has no unknown zone", (address) => {
  expect(unknownZone(address, ["lo", "e0"])).toBeUndefined();
});
