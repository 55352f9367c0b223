import { expect, test } from "vitest";
import { diagnosticText } from "../../src/cli/diagnostic-text.ts";

test.each([
  [{ kind: "up", interface: "e0" }, "interface e0: up"],
  [{ kind: "woke" }, "woke"],
  [
    { kind: "refused", interface: "e0", error: new Error("no") },
    "interface e0: refused: no; it is tried again every second",
  ],
  [
    { kind: "degraded", interface: "e0", family: "ipv6", error: new Error("no") },
    "interface e0: nothing can be sent over IPv6: no",
  ],
  [{ kind: "recovered", interface: "e0", family: "ipv4" }, "interface e0: sending over IPv4 works again"],
  [{ kind: "renamed", from: "Web", to: "\u001bWeb (2)" }, "renamed: from Web, to \\u{1b}Web (2)"],
] as const)("%o is told as %s", (event, text) => {
  expect(diagnosticText(event)).toBe(text);
});
