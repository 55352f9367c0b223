import { type Family, type Literal, parseLiteral, reachable } from "./address.ts";
import { UdpContractError } from "./errors.ts";
import { resolve } from "./resolve.ts";
import type { SocketState } from "./socket-state.ts";

const FRESH_MS = 1_000;

interface Recent {
  readonly host: string;
  readonly literal: Literal;
  readonly until: number;
}

const recent = new WeakMap<SocketState, Recent>();

/** The numeric address `host`. The last one is remembered, a zone for a second: the interface may go. */
export function literalHost(operation: string, state: SocketState, host: string): Literal | undefined {
  const known = recent.get(state);
  if (known?.host === host && (known.until === Number.POSITIVE_INFINITY || known.until > performance.now())) {
    return known.literal;
  }
  const literal = parseLiteral(operation, host);
  if (literal === undefined) return undefined;
  const until = host.includes("%") ? performance.now() + FRESH_MS : Number.POSITIVE_INFINITY;
  recent.set(state, { host, literal, until });
  return literal;
}

/** For the forms that never wait. */
export function requireLiteral(operation: string, state: SocketState, host: string): Literal {
  const literal = literalHost(operation, state, host);
  if (literal !== undefined) return literal;
  throw new UdpContractError(
    "ERR_UDP_NOT_LITERAL",
    `${operation}: host must be a numeric address, as resolving takes time, got "${host}"; use sendTo for names`,
  );
}

/** The first address of a name that a socket of `family` reaches, or else the first. */
export async function resolveDestination(operation: string, family: Family, host: string): Promise<Literal> {
  const addresses = await resolve(operation, host);
  return addresses.find((literal) => reachable(family, literal) !== undefined) ?? addresses[0];
}
