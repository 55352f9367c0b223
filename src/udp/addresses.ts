import { WILDCARD } from "./address.ts";
import { requireOpen } from "./require-state.ts";
import type { SocketState } from "./socket-state.ts";

/** Both ends of a socket; the wildcard address and port 0 where there is none. */
export interface Addresses {
  /** The address it is bound to. */
  readonly localHost: string;
  /** The port it is bound to. */
  readonly localPort: number;
  /** `0.0.0.0` if unconnected, on IPv6 sockets too, as in Racket. */
  readonly remoteHost: string;
  /** 0 if unconnected. */
  readonly remotePort: number;
}

export function addresses(state: SocketState): Addresses {
  requireOpen("addresses", state);
  const { handle, bound, peer } = state;
  const local =
    handle !== undefined && (bound || peer) ? handle.address() : { address: WILDCARD[state.family], port: 0 };
  const remote = handle !== undefined && peer ? handle.remoteAddress() : { address: "0.0.0.0", port: 0 };
  return { localHost: local.address, localPort: local.port, remoteHost: remote.address, remotePort: remote.port };
}
