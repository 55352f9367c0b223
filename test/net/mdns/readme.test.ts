import { expect, test } from "vitest";
import { codeBlocks } from "../../docs/markdown.ts";
import { LOOPBACK, type Program, script } from "./program.ts";

/** Runs the block of a page that has this text, on the loopback interface. */
function block(file: string, text: string): Program {
  const found = codeBlocks("ts").find(({ place, code }) => place.startsWith(`${file}:`) && code.includes(text));
  const code = found?.code ?? expect.fail(`${file} has no block with ${text}`);
  const loopback = `new Mdns({ interfaces: ${JSON.stringify(LOOPBACK)} })`;
  return script(code.replace(/^import .*$/m, "").replace(/new Mdns\([^)]*\)/g, loopback));
}

test("the ten lines of the README publish, find and say goodbye", async () => {
  expect(await block("README.md", "mdns.publish").ended).toEqual({
    status: 0,
    output: expect.stringMatching(
      /^published as Office Printer.*\nup Office Printer.* \S+\.local 631 \[.*127\.0\.0\.1.*\] ipp\/print\n$/,
    ),
  });
});

test("the guide's two objects in one process find each other", async () => {
  expect(await block("docs/guide.md", "under test").ended).toEqual({ status: 0, output: "8080\n" });
});
