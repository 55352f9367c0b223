import { lookup } from "node:dns/promises";
import { type Literal, parseLiteral } from "./address.ts";
import { refused, systemError } from "./system-error.ts";

/** Numeric addresses of `host` in the system resolver's order; at least one. */
export async function resolve(operation: string, host: string): Promise<readonly [Literal, ...Literal[]]> {
  const unknown = { syscall: "getaddrinfo", address: host };
  if (host === "") throw refused(operation, "ENOTFOUND", unknown); // Node would answer with localhost
  let answers: Literal[];
  try {
    answers = (await lookup(host, { all: true, order: "verbatim" })).map(({ address, family }) => ({
      address,
      family: family === 4 ? "ipv4" : "ipv6",
    }));
  } catch (error) {
    throw systemError(operation, error, unknown);
  }
  const [first, ...others] = answers;
  if (first === undefined) throw refused(operation, "ENOTFOUND", unknown);
  return [first, ...others];
}

/** `host` itself if it is numeric, so that no time passes; its addresses otherwise. */
export function addressesOf(
  operation: string,
  host: string,
): readonly [Literal, ...Literal[]] | Promise<readonly [Literal, ...Literal[]]> {
  const literal = parseLiteral(operation, host);
  return literal === undefined ? resolve(operation, host) : [literal];
}
