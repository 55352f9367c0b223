import { expect, test } from "vitest";
import {
  cursorAt,
  EMPTY,
  freshNote,
  type LiveModel,
  NEWS_TIME,
  visibleRows,
  withChange,
  withCursorMoved,
  withDetails,
  withFilter,
  withNote,
  withTime,
} from "../../../src/cli/live/live-model.ts";
import { serviceFixture } from "../service-fixture.ts";

const names = (model: LiveModel) => visibleRows(model).map(({ service }) => `${service.name} ${service.type}`);
const withServices = (...all: readonly (readonly [name: string, type: string])[]) =>
  all.reduce((model, [name, type]) => withChange(model, "up", serviceFixture({ name, type }), 0), EMPTY);

test("rows are by type, then by name", () => {
  const model = withServices(["b", "_x._tcp"], ["c", "_a._tcp"], ["A", "_x._tcp"], ["a", "_a._tcp"]);
  expect(names(model)).toEqual(["a _a._tcp", "c _a._tcp", "A _x._tcp", "b _x._tcp"]);
});

test("names are in the order in which people count", () => {
  const model = withServices(
    ["Lamp 10", "_x._tcp"],
    ["lamp 2", "_x._tcp"],
    ["Lamp 1", "_x._tcp"],
    ["Lamp 2", "_x._tcp"],
  );
  expect(names(model).map((name) => name.replace(" _x._tcp", ""))).toEqual(["Lamp 1", "lamp 2", "Lamp 2", "Lamp 10"]);
});

test("a row of a service that left stays for some seconds, and keeps its age when the service is back by then", () => {
  const service = serviceFixture();
  const left = withChange(withChange(EMPTY, "up", service, 0), "down", service, 1_000);
  expect(withTime(left, 1_000 + NEWS_TIME - 1).rows).toHaveLength(1);
  expect(withTime(left, 1_000 + NEWS_TIME).rows).toEqual([]);
  expect(withChange(left, "up", service, 2_000).rows[0]).toMatchObject({ news: "up", firstSeen: 2_000 });
});

test("an update keeps the time since which a service is there", () => {
  const model = withChange(withChange(EMPTY, "up", serviceFixture(), 10), "update", serviceFixture({ port: 81 }), 20);
  expect(model.rows).toMatchObject([{ news: "update", newsAt: 20, firstSeen: 10, service: { port: 81 } }]);
});

test("the cursor stays on its service while others come and go", () => {
  const before = withCursorMoved(withServices(["b", "_x._tcp"], ["d", "_x._tcp"]), 1);
  const after = withChange(before, "up", serviceFixture({ name: "a", type: "_a._tcp" }), 0);
  expect(after.selected).toBe("d._x._tcp.local");
});

test("a cursor that nobody moved is on the first row, whatever comes before it", () => {
  const model = withServices(["b", "_x._tcp"], ["a", "_x._tcp"], ["c", "_a._tcp"]);
  expect([cursorAt(EMPTY), cursorAt(model), model.selected]).toEqual([-1, 0, undefined]);
});

test("where no service is shown there are no details to open, now or for what comes", () => {
  expect(withDetails(EMPTY, true).showsDetails).toBe(false);
  expect(withDetails(withFilter(withServices(["a", "_x._tcp"]), "zzz", false), true).showsDetails).toBe(false);
});

test("details stay with the service that they were opened for", () => {
  const opened = withDetails(withServices(["b", "_x._tcp"]), true);
  const after = withChange(opened, "up", serviceFixture({ name: "a", type: "_x._tcp" }), 0);
  expect([after.selected, cursorAt(after)]).toEqual(["b._x._tcp.local", 1]);
});

test("when the row under the cursor disappears, the cursor is on the one that takes its place", () => {
  const model = withCursorMoved(withServices(["a", "_x._tcp"], ["b", "_x._tcp"], ["c", "_x._tcp"]), 1);
  const left = withChange(model, "down", serviceFixture({ name: "b", type: "_x._tcp" }), 0);
  expect(withTime(left, NEWS_TIME).selected).toBe("c._x._tcp.local");
});

test("a note is fresh for ten seconds", () => {
  const model = withNote(EMPTY, "interface e0: refused", 1_000);
  expect([freshNote(withTime(model, 10_999)), freshNote(withTime(model, 11_000))]).toEqual([
    "interface e0: refused",
    undefined,
  ]);
});

test("the cursor stops at both ends", () => {
  const model = withServices(["a", "_x._tcp"], ["b", "_x._tcp"]);
  expect(withCursorMoved(model, Number.POSITIVE_INFINITY).selected).toBe("b._x._tcp.local");
  expect(withCursorMoved(withCursorMoved(model, 5), Number.NEGATIVE_INFINITY).selected).toBe("a._x._tcp.local");
});

test("the filter looks at name, type, its words, host and addresses, and the cursor follows it", () => {
  const model = withCursorMoved(withServices(["Laser", "_ipp._tcp"], ["Site", "_http._tcp"]), 0);
  expect(names(withFilter(model, "LASER", false))).toEqual(["Laser _ipp._tcp"]);
  expect(names(withFilter(model, "printer", false))).toEqual(["Laser _ipp._tcp"]);
  expect(names(withFilter(model, "_http", false))).toEqual(["Site _http._tcp"]);
  expect(names(withFilter(model, "10.77.", false))).toHaveLength(2);
  expect(withFilter(model, "laser", false).selected).toBe("Laser._ipp._tcp.local");
  expect(withFilter(model, "nothing", false)).toMatchObject({ selected: undefined, showsDetails: false });
});
