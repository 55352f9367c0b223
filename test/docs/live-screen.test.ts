import { expect, test } from "vitest";
import { EMPTY, withChange, withTime } from "../../src/cli/live/live-model.ts";
import { render } from "../../src/cli/live/live-render.ts";
import { serviceFixture } from "../cli/service-fixture.ts";
import { codeBlocks } from "./markdown.ts";

const printer = { name: "Office Printer", type: "_ipp._tcp", port: 631 };
const model = [
  ["up", { name: "Old Site" }, 0],
  ["up", printer, 30_000],
  ["update", printer, 58_000],
  ["up", { name: "打印机 ☕", type: "_ipp._tcp", links: { e0: ["fe80::1%e0"] } }, 59_000],
] as const;
const screen = render(
  withTime(
    model.reduce((before, [kind, service, at]) => withChange(before, kind, serviceFixture(service), at), EMPTY),
    60_000,
  ),
  80,
  9,
)
  .map((line) => line.trimEnd())
  .join("\n");

const shown = codeBlocks("text").filter(({ code }) => code.startsWith(" mdns-browse "));

test("the live screen is shown in the documents", () => {
  expect(shown.length).toBeGreaterThan(1);
});

test.each(shown)("$place: the live screen is as it is drawn", ({ code }) => {
  expect(screen.startsWith(code.trimEnd())).toBe(true);
});
