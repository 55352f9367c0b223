import { describe, expect, test } from "vitest";
import { interfaceChanges } from "../../../src/mdns/link/interface-change.ts";
import { iface } from "./interfaces.ts";

const e0 = iface("e0", ["10.77.1.1/24", "fe80::1/64"], { index: 4 });
const e1 = iface("e1", ["10.77.2.1/24"]);

describe("between two looks at the interfaces", () => {
  test("nothing changed, whatever their order and that of their addresses", () => {
    const shuffled = iface("e0", ["fe80::1/64", "10.77.1.1/24"], { index: 4 });
    expect(interfaceChanges([e0, e1], [e1, shuffled])).toEqual([]);
  });

  test("one went and one came: the loss is told first", () => {
    expect(interfaceChanges([e0], [e1])).toEqual([
      { kind: "down", name: "e0" },
      { kind: "up", info: e1 },
    ]);
  });

  test.each([
    ["added", ["10.77.1.1/24", "fe80::1/64", "fd00::1/64"]],
    ["removed", ["fe80::1/64"]],
    ["replaced", ["10.77.1.9/24", "fe80::1/64"]],
    ["given another prefix", ["10.77.1.1/16", "fe80::1/64"]],
  ])("an address was %s", (_title, addresses) => {
    const info = iface("e0", addresses, { index: 4 });
    expect(interfaceChanges([e0, e1], [info, e1])).toEqual([{ kind: "addresses", info }]);
  });

  test.each([
    ["another index", { index: 9 }],
    ["another hardware address", { index: 4, mac: "02:00:00:00:00:99" }],
  ])("an interface with %s is a new one of an old name", (_title, more) => {
    const info = iface("e0", ["10.77.1.1/24", "fe80::1/64"], more);
    expect(interfaceChanges([e0], [info])).toEqual([
      { kind: "down", name: "e0" },
      { kind: "up", info },
    ]);
  });

  test("an index that is told only when there is an IPv6 address is no change of index", () => {
    const info = iface("e0", ["10.77.1.1/24"], { index: undefined });
    expect(interfaceChanges([e0], [info])).toEqual([{ kind: "addresses", info }]);
  });
});
