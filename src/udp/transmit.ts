import type { SocketState } from "./socket-state.ts";
import { descriptor } from "./staging.ts";

/** Where an unconnected socket sends. */
export interface Destination {
  readonly address: string;
  readonly port: number;
}

// dgram sends by reference, and at once unless the system's queue is full. So one buffer serves every send of the
// process: a copy in it is safe until the next send, and one that stays queued keeps the buffer to itself.
let scratch: Buffer = Buffer.allocUnsafeSlow(2_048);
let view: Buffer = scratch;

function copied(bytes: Uint8Array, start: number, end: number): Buffer {
  const length = end - start;
  if (length > scratch.length) scratch = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(length)));
  if (view.length !== length || view.buffer !== scratch.buffer) view = scratch.subarray(0, length);
  view.set(length === bytes.length ? bytes : bytes.subarray(start, end));
  return view;
}

/**
 * Hands one datagram to the system and binds an unbound socket, also if the system refuses.
 * `done` comes a tick later with its answer, or, when the datagram is the one that found the queue full, once
 * the queue has drained; {@link SocketState.queued} tells which.
 */
export function transmit(
  operation: string,
  state: SocketState,
  bytes: Uint8Array,
  start: number,
  end: number,
  to: Destination | undefined,
  done: (error: Error | null) => void,
): void {
  const handle = adopted(operation, state);
  state.sent++;
  if (to === undefined) handle.send(copied(bytes, start, end), done);
  else handle.send(copied(bytes, start, end), to.port, to.address, done);
  if (handle.getSendQueueCount() > 0) {
    state.queued = true;
    scratch = view = Buffer.allocUnsafeSlow(2_048);
  }
}

/** The descriptor, which a send makes the bound one. */
export function adopted(operation: string, state: SocketState): ReturnType<typeof descriptor> {
  const handle = descriptor(operation, state);
  state.bound = true;
  state.memberships.length = 0;
  return handle;
}

/** To be called from every `done`: lets those who wait for the queue go on once it is empty. */
export function afterSend(state: SocketState): void {
  if (!state.queued || state.closed || (state.handle?.getSendQueueCount() ?? 0) > 0) return;
  state.queued = false;
  for (const wake of state.senders) {
    wake();
    if (state.queued) return;
  }
}
