import { UsageError } from "./usage-error.ts";

const MILLISECONDS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST = 2 ** 31 - 1; // the longest that a Node timer waits, about 24 days

/** Reads `500ms`, `5s`, `1.5m`, `2h` or plain seconds as milliseconds. @throws {@link UsageError} naming the option */
export function parseDuration(option: string, text: string): number {
  const parts = /^(\d{1,12}(?:\.\d{1,6})?)(ms|s|m|h)?$/.exec(text);
  const milliseconds = parts === null ? Number.NaN : Number(parts[1]) * (MILLISECONDS[parts[2] ?? "s"] ?? 1);
  if (!(milliseconds >= 1)) throw new UsageError(`--${option} wants a time such as 500ms, 5s or 2m, not "${text}"`);
  if (milliseconds > LONGEST) throw new UsageError(`--${option} can be 24 days at most, not "${text}"`);
  return Math.round(milliseconds);
}
