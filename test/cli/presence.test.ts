import { expect, test } from "vitest";
import { Presence } from "../../src/cli/presence.ts";

test("a service is new when the first view shows it, and again when it had left all", () => {
  const presence = new Presence();
  const kinds = ["up", "update", "up", "down", "up", "down", "update", "down", "up"] as const;
  expect(kinds.map((kind) => presence.isNew(kind, "a"))).toEqual([
    ...[true, false, false, false, false, false, false, false],
    true,
  ]);
  expect(presence.isNew("up", "b")).toBe(true);
});
