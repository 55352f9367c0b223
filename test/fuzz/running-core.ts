import { expect } from "vitest";
import type { Core } from "../../src/mdns/core/core.ts";
import { decodeMessage } from "../../src/mdns/wire/decode.ts";

/** Wakes the core whenever it wants; wakes that do not move time on would be a loop. */
export function advanceTo(core: Core, from: number, until: number): number {
  let stuck = 0;
  let now = from;
  for (let due = core.deadline; due !== undefined && due <= until; due = core.deadline) {
    stuck = due > now ? 0 : stuck + 1;
    expect(stuck).toBeLessThan(20);
    now = Math.max(now, due);
    core.advance(now);
    checkOutputs(core);
  }
  return until;
}

/** What it sends can be read, fits, and says something. */
export function checkOutputs(core: Core): void {
  for (const output of core.takeOutputs()) {
    if (output.kind !== "send") continue;
    const { bytes } = output.transmission;
    const sent = decodeMessage(bytes);
    const records = sent.answers.length + sent.authorities.length + sent.additionals.length;
    expect(sent.malformed).toBe(0);
    expect(bytes.length).toBeLessThanOrEqual(records <= 1 ? 8_972 : 1_472);
    if (sent.response) expect(records).toBeGreaterThan(0);
    else expect(sent.questions.length + sent.answers.length).toBeGreaterThan(0);
  }
}
