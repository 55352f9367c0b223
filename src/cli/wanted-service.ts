import type { PublishOptions } from "../mdns/index.ts";
import { UsageError } from "./usage-error.ts";

/** All that one call publishes. */
export interface Wishes {
  /** The name of this host, without `.local`, when it is not the machine's. */
  readonly hostName?: string;
  readonly wanted: readonly Wanted[];
}

/** What to publish: a service, or the addresses of a host alone. */
export type Wanted = (
  | { readonly kind: "service"; readonly options: PublishOptions }
  | { readonly kind: "host"; readonly host: string; readonly addresses: readonly string[] }
) & {
  /** Where it was read, when that was a file. */
  readonly place?: string;
};

/** Reads a number that fits 16 bits. @throws {@link UsageError} naming what it is and the value */
export function parseUint16(what: string, text: string, least: number): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= 65_535)) {
    throw new UsageError(`${what} is a whole number from ${least} to 65535, not "${text}"`);
  }
  return value;
}
