import { inspect } from "node:util";
import { MdnsError } from "./mdns-error.ts";

/** The caller's mistake: which argument, what it must be, and what it was. */
export function argumentError(option: string, requirement: string, value: unknown, cause?: unknown): MdnsError {
  const shown = inspect(value, { depth: 1, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 100 });
  const options = cause === undefined ? undefined : { cause };
  return new MdnsError("ERR_MDNS_ARGUMENT", `${option} must be ${requirement}, got ${shown}`, options);
}
