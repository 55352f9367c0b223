import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { page, pages, ROOT } from "./markdown.ts";

const examples = readdirSync(`${ROOT}examples`).filter((file) => file.endsWith(".mjs"));

test("the list of examples has each of them once", () => {
  const listed = Array.from(
    page("examples/README.md").matchAll(/^\| `node examples\/(\S+\.mjs)/gm),
    ([, file]) => file,
  );
  expect(listed.toSorted()).toEqual(examples.toSorted());
});

test("every example that a page names is there", () => {
  const named = pages().flatMap((file) =>
    Array.from(page(file).matchAll(/examples\/([\w-]+\.mjs)/g), ([, name = ""]) => name),
  );
  expect(named.filter((name) => !examples.includes(name))).toEqual([]);
});

test("every example is run by a test", () => {
  const runners = ["test/net/mdns/examples.test.ts", "test/net/cli/demo.test.ts", "test/udp/documents.test.ts"];
  const tests = runners.map(page).join("\n");
  const run = (name: string): boolean =>
    [`example("${name}"`, `examples/${name}.mjs`, `"${name}.mjs"`].some((call) => tests.includes(call));
  expect(examples.map((file) => file.replace(/\.mjs$/, "")).filter((name) => !run(name))).toEqual([]);
});
