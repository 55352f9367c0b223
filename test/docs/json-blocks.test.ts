import { expect, test } from "vitest";
import { codeBlocks, page, pages } from "./markdown.ts";

const CHECKED = ["js", "json", "sh", "text", "ts"];

test.each(codeBlocks("json"))("$place is JSON, or JSON line by line", ({ code }) => {
  const isOneValue = code.trimStart().startsWith("[");
  for (const text of isOneValue ? [code] : code.trim().split("\n")) expect(() => JSON.parse(text)).not.toThrow();
});

test("every code block names a language that a test looks at", () => {
  const fences = pages().flatMap((file) =>
    Array.from(page(file).matchAll(/^```(\w*)\n[\s\S]*?^```$/gm), ([, language = ""]) => `${file} ${language}`),
  );
  expect(fences.filter((fence) => !CHECKED.includes(fence.split(" ")[1] ?? ""))).toEqual([]);
});
