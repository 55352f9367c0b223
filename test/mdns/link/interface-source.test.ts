import { beforeEach, describe, expect, test } from "vitest";
import { WatchedInterfaces } from "../../../src/mdns/link/interface-source.ts";
import { iface } from "./interfaces.ts";

describe("a list of interfaces is worth reading again", () => {
  const list = [iface("lo", ["127.0.0.1/8"]), iface("e0", ["10.77.0.1/24"])];
  let text: string;
  let visible: readonly string[] | undefined;
  let open: number;
  let source: WatchedInterfaces;

  beforeEach(() => {
    text = "as at first";
    visible = ["lo", "e0", "down"];
    open = 0;
    source = new WatchedInterfaces(
      () => list,
      () => {
        if (visible === undefined) return undefined;
        open++;
        const before = text;
        return { interfaces: visible, isChanged: () => text !== before, close: () => open-- };
      },
    );
    source.read();
  });

  test("when the tables say something else, until it is read", () => {
    expect(source.isStale()).toBe(false);
    text = "something else";
    expect([source.isStale(), source.isStale()]).toEqual([true, true]);
    expect(source.read()).toBe(list);
    expect(source.isStale()).toBe(false);
  });

  test("each minute, for what they do not tell", () => {
    const glances = Array.from({ length: 31 }, () => source.isStale());
    expect(glances.indexOf(true)).toBe(30);
  });

  test.each([
    ["there are none", undefined],
    ["they are those of another network namespace", ["lo", "eth0"]],
  ])("always where %s", (_why, others) => {
    visible = others;
    source.read();
    expect([source.isStale(), open]).toEqual([true, 0]);
  });

  test("and keeps one set of tables open, none after the end", () => {
    source.read();
    expect(open).toBe(1);
    source.close();
    source.read();
    expect(open).toBe(0);
  });
});
