const LATEST = 8.64e15; // what a Date can hold, in milliseconds

/** The date of a time in milliseconds; `undefined` where it is unknown or no date. */
export function dateOf(at: number | undefined): Date | undefined {
  return at === undefined || !(Math.abs(at) <= LATEST) ? undefined : new Date(at);
}

/** The local time of day to the millisecond: `12:00:00.345`. */
export function wallTime(at: number | undefined): string {
  const date = dateOf(at);
  if (date === undefined) return "--:--:--.---";
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, "0"));
  return `${parts.join(":")}.${String(date.getMilliseconds()).padStart(3, "0")}`;
}
