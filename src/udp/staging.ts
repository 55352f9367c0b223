import type { Socket } from "node:dgram";
import { WILDCARD } from "./address.ts";
import { attach } from "./attach.ts";
import { bindDescriptor } from "./descriptor.ts";
import type { SocketState } from "./socket-state.ts";
import { systemError } from "./system-error.ts";

/**
 * The descriptor, made if there is none yet: Node has none before it binds, so an unbound socket gets one on a free
 * port. It is staging, what arrives there is discarded, until a send or connect adopts it or `bind` replaces it.
 */
export function descriptor(operation: string, state: SocketState): Socket {
  if (state.handle !== undefined) return state.handle;
  const address = WILDCARD[state.family];
  let handle: Socket;
  try {
    handle = bindDescriptor({ family: state.family, ipv6Only: state.ipv6Only, reuse: false, address, port: 0 });
  } catch (error) {
    throw systemError(operation, error, { syscall: "bind", address, port: 0 });
  }
  attach(operation, state, handle);
  return handle;
}

/** Moves to another port, for the one of the present descriptor is to be free. */
export function restage(operation: string, state: SocketState): void {
  const before = state.handle;
  state.handle = undefined;
  try {
    descriptor(operation, state);
    before?.close();
  } catch (error) {
    state.handle = before;
    throw error;
  }
}
