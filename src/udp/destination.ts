import { type Family, parseLiteral, reachable } from "./address.ts";
import { UdpContractError } from "./errors.ts";
import { resolve } from "./resolve.ts";
import type { Destination, SocketState } from "./socket-state.ts";

const ZONE_FRESH_MS = 1_000; // the interface may go
const MAX_RECENT = 64;

/** Where `host` is numeric; `undefined` for a name. */
export function literalDestination(
  operation: string,
  state: SocketState,
  host: string,
  port: number,
): Destination | undefined {
  const recent = state.recent.get(host);
  if (recent !== undefined && recent.destination.port === port) {
    if (recent.until === Number.POSITIVE_INFINITY || recent.until > performance.now()) return recent.destination;
  }
  const literal = parseLiteral(operation, host);
  if (literal === undefined) return undefined;
  const destination = { host, port, literal, address: reachable(state.family, literal) };
  const until = host.includes("%") ? performance.now() + ZONE_FRESH_MS : Number.POSITIVE_INFINITY;
  if (state.recent.size >= MAX_RECENT) state.recent.clear();
  state.recent.set(host, { destination, until });
  return destination;
}

/** For the forms that never wait. */
export function requireLiteral(operation: string, state: SocketState, host: string, port: number): Destination {
  const destination = literalDestination(operation, state, host, port);
  if (destination !== undefined) return destination;
  throw new UdpContractError(
    "ERR_UDP_NOT_LITERAL",
    `${operation}: host must be a numeric address, as resolving takes time, got "${host}"; use sendTo for names`,
  );
}

/** The first address of a name that a socket of `family` reaches, or else the first. */
export async function resolveDestination(
  operation: string,
  family: Family,
  host: string,
  port: number,
): Promise<Destination> {
  const addresses = await resolve(operation, host);
  const literal = addresses.find((candidate) => reachable(family, candidate) !== undefined) ?? addresses[0];
  return { host, port, literal, address: reachable(family, literal) };
}
