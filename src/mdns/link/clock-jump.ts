/** Both clocks, read at one moment, in milliseconds. */
export interface ClockReading {
  /** May stand still while the machine sleeps. */
  readonly monotonic: number;
  /** Goes on while the machine sleeps, and may be set. */
  readonly wall: number;
}

const JUMP = 5_000;

/** Whether the machine slept, or stood still, between two readings that should lie `period` apart. */
export function slept(before: ClockReading, after: ClockReading, period: number): boolean {
  const passed = after.monotonic - before.monotonic;
  return passed - period > JUMP || after.wall - before.wall - passed > JUMP;
}
