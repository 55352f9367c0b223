import { expect, test } from "vitest";
import { pressed, splitKeys } from "../../../src/cli/live/live-keys.ts";
import { EMPTY, type LiveModel, withChange } from "../../../src/cli/live/live-model.ts";
import { serviceFixture } from "../service-fixture.ts";

const MODEL = ["a", "b", "c"].reduce((model, name) => withChange(model, "up", serviceFixture({ name }), 0), EMPTY);
const typed = (keys: string, model: LiveModel = MODEL) =>
  splitKeys(keys).reduce<LiveModel>((state, key) => {
    const result = pressed(state, key);
    return typeof result === "string" ? state : result;
  }, model);

test("arrows, letters and paging move the cursor", () => {
  expect(typed("\u001b[B").selected).toBe("b._http._tcp.local");
  expect(typed("jj").selected).toBe("c._http._tcp.local");
  expect(typed("\u001b[6~").selected).toBe("c._http._tcp.local");
  expect(typed("Gk\u001b[A").selected).toBe("a._http._tcp.local");
});

test("Enter opens and closes the details, Escape closes them", () => {
  expect(typed("\r").showsDetails).toBe(true);
  expect(typed("\r\r").showsDetails).toBe(false);
  expect(typed("\r\u001b").showsDetails).toBe(false);
});

test("/ filters by typing: Enter keeps it, Backspace takes back, Escape clears", () => {
  expect(typed("/q")).toMatchObject({ filter: "q", isTypingFilter: true });
  expect(typed("/é打\u007f\r")).toMatchObject({ filter: "é", isTypingFilter: false });
  expect(typed("/b\u001b")).toMatchObject({ filter: "", isTypingFilter: false });
  expect(typed("/\u001b[B\u0007")).toMatchObject({ filter: "" });
});

test.each([
  ["q", "quit"],
  ["\u0003", "quit"],
  ["\u001a", "suspend"],
  ["\u000c", "redraw"],
  ["\u001c", "abort"],
])("%j is for the process: %s", (key, result) => {
  expect(pressed(MODEL, key)).toBe(result);
  if (key !== "q") expect(pressed(typed("/"), key)).toBe(result);
});
