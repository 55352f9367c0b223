import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { RULES } from "../../../../src/cli/monitor/lint/lint.ts";

test("docs/cli.md lists every rule, in their order", () => {
  const page = readFileSync(new URL("../../../../docs/cli.md", import.meta.url), "utf8");
  const rows = page.split("### What is checked")[1]?.matchAll(/^\| (RFC [^|]*) \| (\w+) \| (.*) \|$/gm) ?? [];
  const listed = Array.from(rows, ([, section, level, title]) => `${section} ${level}: ${title}`);
  expect(listed).toEqual(RULES.map(({ section, level, title }) => `${section} ${level}: ${title}`));
});
