import type { Socket } from "node:dgram";
import { type Literal, reachable } from "./address.ts";
import { checkHost, checkPort, wrongArgument } from "./arguments.ts";
import { requireOpen } from "./require-state.ts";
import { addressesOf } from "./resolve.ts";
import type { Peer, SocketState } from "./socket-state.ts";
import { descriptor, restage } from "./staging.ts";
import { refused, systemError } from "./system-error.ts";
import { waitIn } from "./wait.ts";

const OPERATION = "connect";

/** Takes effect within the call unless `host` is a name, or a datagram for the old peer is still in the queue. */
export async function connect(state: SocketState, host: string | null, port: number | null): Promise<void> {
  if (host === null && port === null) return disconnect(state);
  if (host === null || port === null) {
    throw wrongArgument(OPERATION, "a target", "both host and port, or null twice", [host, port]);
  }
  checkHost(OPERATION, host);
  checkPort(OPERATION, port);
  const found = addressesOf(OPERATION, host);
  const addresses = found instanceof Promise ? await found : found;
  if (hasQueuedForPeer(state)) await peerServed(OPERATION, state);
  requireOpen(OPERATION, state);
  for (const [index, literal] of addresses.entries()) {
    const failure = connectTo(state, literal, port);
    if (failure === undefined) return;
    if (index === addresses.length - 1) throw await failure;
  }
}

export async function disconnect(state: SocketState): Promise<void> {
  if (hasQueuedForPeer(state)) await peerServed("disconnect", state);
  requireOpen("disconnect", state);
  if (state.peer === undefined) return;
  state.handle?.disconnect();
  state.peer = undefined;
  if (!state.bound) restage("disconnect", state);
}

function hasQueuedForPeer({ queued, peer, closed }: SocketState): boolean {
  return queued && peer !== undefined && !closed;
}

/** What waits in libuv names no address, and would go to whoever is the peer by then. */
async function peerServed(operation: string, state: SocketState): Promise<void> {
  const attempt = (): true | undefined => {
    requireOpen(operation, state);
    return hasQueuedForPeer(state) ? undefined : true;
  };
  while (hasQueuedForPeer(state)) await waitIn(state, state.senders, attempt, undefined);
}

/** `undefined` if connected now; otherwise the error, which Node tells a tick later, and the old peer is kept. */
function connectTo(state: SocketState, literal: Literal, port: number): Promise<Error> | undefined {
  const address = reachable(state.family, literal);
  if (address === undefined) {
    const where = { syscall: "connect", address: literal.address, port };
    return Promise.resolve(refused(OPERATION, "EAFNOSUPPORT", where));
  }
  const handle = descriptor(OPERATION, state);
  const before = state.peer;
  if (before !== undefined) handle.disconnect();
  const failure = establish(handle, { address, port });
  if (failure === undefined) {
    state.peer = { address, port };
    return undefined;
  }
  if (before !== undefined && establish(handle, before) !== undefined) state.peer = undefined;
  return failure.then((error) => systemError(OPERATION, error, { syscall: "connect", address, port }));
}

function establish(handle: Socket, { address, port }: Peer): Promise<unknown> | undefined {
  const failure = new Promise<unknown>((resolve) => {
    handle.connect(port, address, (error?: unknown) => {
      if (error) resolve(error);
    });
  });
  return isConnected(handle) ? undefined : failure;
}

function isConnected(handle: Socket): boolean {
  try {
    handle.remoteAddress();
    return true;
  } catch {
    return false; // how dgram says so
  }
}
