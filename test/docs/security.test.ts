import { expect, test } from "vitest";
import { testTitles } from "../../tools/conformance/test-titles.ts";
import { page } from "./markdown.ts";

const PROMISE = /^\| (\*\*.*) \| (.*) \|$/gm;
const TEST = /\[[^\]]+\]\((test\/[^)]+)\) \*([^*]+)\*/g;

const promises = Array.from(page("SECURITY.md").matchAll(PROMISE), ([, promise = "", proof = ""]) => ({
  promise,
  proof,
}));

test("SECURITY.md promises something", () => {
  expect(promises.length).toBeGreaterThan(10);
});

test.for(promises)("SECURITY.md: the tests exist that try to break: $promise", ({ proof }) => {
  const named = Array.from(proof.matchAll(TEST), ([, file = "", title = ""]) => ({ file, title }));
  expect(named).toHaveLength(proof.split("<br>").length);
  const missing = named.filter(({ file, title }) => !testTitles(page(file)).some((found) => found.includes(title)));
  expect(missing).toEqual([]);
});
