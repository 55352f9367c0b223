import type { Socket } from "node:dgram";
import { checkBytes } from "./arguments.ts";
import type { ByteRange } from "./call-options.ts";
import type { Destination, SocketState } from "./socket-state.ts";
import { descriptor } from "./staging.ts";
import { refused } from "./system-error.ts";

// dgram sends by reference, and at once unless the system's queue is full. So one buffer serves every send of the
// process: a copy in it is safe until the next send, and one that stays queued keeps the buffer to itself.
const SCRATCH_BYTES = 2_048;
let scratch: Buffer = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
let view: Buffer = scratch;

function copied(bytes: Uint8Array): Buffer {
  const { length } = bytes;
  if (view.length !== length) {
    if (length > scratch.length) scratch = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(length)));
    view = scratch.subarray(0, length);
  }
  view.set(bytes);
  return view;
}

const MAX_PAYLOAD = { ipv4: 65_507, ipv6: 65_527 } as const;
const MAPPED = /^::ffff:\d+\./i; // IPv4 from an IPv6 socket

function maxPayload(address: string): number {
  return MAX_PAYLOAD[address.includes(":") && !MAPPED.test(address) ? "ipv6" : "ipv4"];
}

/**
 * Hands one datagram to the system and binds an unbound socket, also if the system refuses.
 * `done` comes a tick later with its answer, or, when the datagram is the one that found the queue full, once
 * the queue has drained; {@link SocketState.queued} tells which.
 */
export function transmit(
  operation: string,
  state: SocketState,
  to: Destination | undefined,
  bytes: Uint8Array,
  range: ByteRange | undefined,
  done: (error: Error | null) => void,
): void {
  if (bytes.length === 0) checkBytes(operation, bytes); // it may have waited, and its memory gone meanwhile
  const handle = adopted(operation, state);
  const payload = range === undefined ? bytes : bytes.subarray(range.start, range.end);
  if (payload.length > MAX_PAYLOAD.ipv4) {
    const address = to?.literal.address ?? state.peer?.address ?? "";
    const port = to?.port ?? state.peer?.port;
    if (payload.length > maxPayload(address)) throw refused(operation, "EMSGSIZE", { syscall: "send", address, port });
  }
  if (to === undefined) {
    handle.send(copied(payload), done);
  } else if (to.address === undefined) {
    throw refused(operation, "EAFNOSUPPORT", { syscall: "send", address: to.literal.address, port: to.port });
  } else {
    handle.send(copied(payload), to.port, to.address, done);
  }
  state.sent++;
  if (handle.getSendQueueCount() > 0) {
    state.queued = true;
    scratch = view = Buffer.allocUnsafeSlow(SCRATCH_BYTES);
  }
}

/** The descriptor, which a send makes the bound one. */
function adopted(operation: string, state: SocketState): Socket {
  if (state.bound && state.handle !== undefined) return state.handle;
  const handle = descriptor(operation, state);
  state.bound = true;
  state.memberships.length = 0;
  return handle;
}

/** To be called from every `done`: lets those who wait for the queue go on once it is empty. */
export function afterSend(state: SocketState): void {
  if (!state.queued || state.closed || (state.handle?.getSendQueueCount() ?? 0) > 0) return;
  state.queued = false;
  state.senders.wakeWhile(() => !state.queued);
}
