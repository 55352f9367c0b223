import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { LIMITS as CORE } from "../../src/mdns/core/limits.ts";
import { LIMITS as DNSSD } from "../../src/mdns/dnssd/limits.ts";

test("docs/limits.md names every cap with its value", () => {
  const page = readFileSync(new URL("../../docs/limits.md", import.meta.url), "utf8");
  const rows = page.matchAll(/^\|.*\| ([\d,]+) \| `(\w+)` \|$/gm);
  const documented = Object.fromEntries(
    Array.from(rows, ([, value, key]) => [key, Number(value?.replaceAll(",", ""))]),
  );
  expect(documented).toEqual({ ...CORE, ...DNSSD });
});
