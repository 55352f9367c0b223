import { printable } from "./printable.ts";

/** What is said where there is nothing to work on yet; `named` are the interfaces of the command line. */
export function noLink(named: readonly string[]): string {
  if (named.length === 0) return "no network interface is up; waiting for one (loopback only if named with -i)";
  return `${printable(named.join(", "))}: not up, or without an address that multicast can use here; waiting for one`;
}
