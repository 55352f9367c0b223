import { describe, expect, test } from "vitest";
import { EchoFilter } from "../../../src/mdns/link/echo.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text));

describe("looped-back copies of what was just sent", () => {
  test("are told once for each send; a further copy is somebody's (L-23, L-28)", () => {
    const echoes = new EchoFilter();
    echoes.sent("ipv4 e0", bytes("a"), 0);
    echoes.sent("ipv4 e0", bytes("a"), 10);
    expect([1, 2, 3].map(() => echoes.isEcho("ipv4 e0", bytes("a")))).toEqual([true, true, false]);
  });

  test("have the same bytes, and come by the interface and family they left by", () => {
    const echoes = new EchoFilter();
    echoes.sent("ipv4 e0", bytes("a"), 0);
    expect(echoes.isEcho("ipv4 e0", bytes("b"))).toBe(false);
    expect(echoes.isEcho("ipv6 e0", bytes("a"))).toBe(false);
    expect(echoes.isEcho("ipv4 e1", bytes("a"))).toBe(false);
    expect(echoes.isEcho("ipv4 e0", bytes("a"))).toBe(true);
  });

  test("are not waited for longer than two seconds", () => {
    const echoes = new EchoFilter();
    echoes.sent("ipv4 e0", bytes("a"), 0);
    echoes.sent("ipv4 e0", bytes("b"), 2_000);
    expect(echoes.size).toBe(1);
    expect(echoes.isEcho("ipv4 e0", bytes("a"))).toBe(false);
  });

  test("that never come take no more than 1,024 entries and a megabyte", () => {
    const echoes = new EchoFilter();
    for (let index = 0; index < 5_000; index++) echoes.sent("ipv4 e0", bytes(`${index}`), 0);
    expect(echoes.size).toBe(1_024);
    expect(echoes.isEcho("ipv4 e0", bytes("4999"))).toBe(true);
    for (let index = 0; index < 500; index++) echoes.sent("ipv4 e0", new Uint8Array(9_000).fill(index), 0);
    expect(echoes.size).toBeLessThanOrEqual(256 + 117);
  });
});
