import { expect, test } from "vitest";
import { diagnosticText } from "../../src/cli/diagnostic-text.ts";

test.each([
  [{ kind: "up", interface: "e0" }, "interface e0: up"],
  [{ kind: "woke" }, "woke"],
  [{ kind: "refused", interface: "e0", error: new Error("no") }, "interface e0: refused: no"],
  [{ kind: "renamed", from: "Web", to: "\u001bWeb (2)" }, "renamed: from Web, to \\u{1b}Web (2)"],
] as const)("%o is told as %s", (event, text) => {
  expect(diagnosticText(event)).toBe(text);
});
