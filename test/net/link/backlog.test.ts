import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Namespaces, noNamespaces } from "./namespaces.ts";
import { PATIENT } from "./patience.ts";

const FLOOD = fileURLToPath(new URL("flood.ts", import.meta.url));

describe("a wire slower than what is sent", PATIENT, () => {
  let lan: Namespaces;
  let a: string;
  beforeEach(({ skip }) => {
    skip(noNamespaces !== undefined, noNamespaces);
    lan = new Namespaces();
    a = lan.add("a");
    lan.wire([a, "e0", "10.77.0.1/24"], [lan.add("b"), "e0", "10.77.0.2/24"]);
  });
  afterEach(() => lan?.remove(), PATIENT.timeout);

  /** So slow that a sender which has to wait for the processor is still far ahead of it. */
  function flood(count: number, host = "224.0.0.251"): Record<"before" | "after", Record<string, number>> {
    lan.exec(a, "tc", "qdisc", "add", "dev", "e0", "root", "tbf", "rate", "2mbit", "burst", "3kb", "limit", "10mb");
    return JSON.parse(lan.exec(a, process.execPath, "--import", "tsx", FLOOD, "10.77.0.1", host, String(count)));
  }

  test("makes a burst wait until the system takes it: nothing is lost", ({ skip }) => {
    skip(!hasTc(), "the tc command is missing");
    const { before, after } = flood(200);
    expect(before["sent"]).toBeLessThan(200);
    expect(after).toEqual({ sent: 200, failed: 0, dropped: 0, flushed: true });
  });

  test("keeps 512 datagrams at most and counts what it drops", ({ skip }) => {
    skip(!hasTc(), "the tc command is missing");
    const { before, after } = flood(800);
    expect(before["dropped"]).toBe(800 - 512 - Number(before["sent"]));
    expect(before["dropped"]).toBeGreaterThan(0);
    expect(after["sent"]).toBe(800 - Number(before["dropped"]));
  });

  test("keeps 64 of them at most that are for one host, for whom they soon come too late", ({ skip }) => {
    skip(!hasTc(), "the tc command is missing");
    const { before, after } = flood(800, "10.77.0.2");
    expect(before["dropped"]).toBe(800 - 64 - Number(before["sent"]));
    expect(after["sent"]).toBe(800 - Number(before["dropped"]));
  });

  function hasTc(): boolean {
    try {
      lan.exec(a, "tc", "-V");
      return true;
    } catch {
      return false;
    }
  }
});
