const JUMP = 5_000; // ms

/** Whether the machine slept, or stood still, when so many milliseconds of the day have passed instead of `period`. */
export function slept(passed: number, period: number): boolean {
  return passed - period > JUMP;
}
