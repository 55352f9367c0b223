import { expect, test } from "vitest";
import { LIMITS as CORE } from "../../src/mdns/core/limits.ts";
import { LIMITS as DNSSD } from "../../src/mdns/dnssd/limits.ts";
import { page } from "./markdown.ts";

test("docs/limits.md names every cap with its value", () => {
  const rows = page("docs/limits.md").matchAll(/^\|.*\| ([\d,]+) \| `(\w+)` \|$/gm);
  const documented = Object.fromEntries(
    Array.from(rows, ([, value, key]) => [key, Number(value?.replaceAll(",", ""))]),
  );
  expect(documented).toEqual({ ...CORE, ...DNSSD });
});

test("what else it names has that value in the file named", () => {
  const rows = page("docs/limits.md").matchAll(/^\|.*\| ([\d,]+) \| `(\w+)` in `([\w/.-]+)` \|$/gm);
  const wrong = Array.from(rows, ([, value = "", name = "", file = ""]) => {
    const found = new RegExp(`^const ${name} = ([\\d_]+);`, "m").exec(page(file))?.[1]?.replaceAll("_", "");
    return found === value.replaceAll(",", "") ? "" : `${file}: ${name} is ${found}, not ${value}`;
  });
  expect(wrong.length).toBeGreaterThan(5);
  expect(wrong.filter((text) => text !== "")).toEqual([]);
});
