import { checkBytes, checkInteger, checkOptions, checkRange, checkSignal } from "./arguments.ts";
import type { Datagram } from "./inbox.ts";
import { raiseFailure } from "./kept-error.ts";
import { requireBound } from "./require-state.ts";
import type { Breakable, ByteRange } from "./send.ts";
import type { SocketState } from "./socket-state.ts";
import { waitIn } from "./wait.ts";

/** Options of {@link UdpSocket.tryReceive}. */
export interface ReceiveOptions {
  /** Bytes to keep of a datagram, the rest is discarded; all by default. */
  readonly maxLength?: number;
}

/** What was written into the caller's buffer. */
export interface Received {
  /** Bytes written; 0 for an empty datagram, too. */
  readonly length: number;
  /** The sender's numeric address. */
  readonly host: string;
  /** The sender's port. */
  readonly port: number;
}

export function tryReceive(state: SocketState, options?: ReceiveOptions): Datagram | undefined {
  checkReceive("tryReceive", options);
  return truncated(take("tryReceive", state), options?.maxLength);
}

export async function receive(state: SocketState, options?: ReceiveOptions & Breakable): Promise<Datagram> {
  const operation = "receive";
  checkReceive(operation, options);
  options?.signal?.throwIfAborted();
  const datagram = take(operation, state) ?? (await nextDatagram(operation, state, options?.signal));
  return truncated(datagram, options?.maxLength);
}

export function tryReceiveInto(state: SocketState, buffer: Uint8Array, range?: ByteRange): Received | undefined {
  checkBuffer("tryReceiveInto", buffer, range);
  const datagram = take("tryReceiveInto", state);
  return datagram === undefined ? undefined : written(datagram, buffer, range);
}

export async function receiveInto(
  state: SocketState,
  buffer: Uint8Array,
  options?: ByteRange & Breakable,
): Promise<Received> {
  const operation = "receiveInto";
  checkBuffer(operation, buffer, options);
  options?.signal?.throwIfAborted();
  const datagram = take(operation, state) ?? (await nextDatagram(operation, state, options?.signal));
  return written(datagram, buffer, options);
}

function checkReceive(operation: string, options: (ReceiveOptions & Breakable) | undefined): void {
  if (options === undefined) return;
  checkOptions(operation, options);
  if (options.maxLength !== undefined) {
    checkInteger(operation, "maxLength", options.maxLength, 0, Number.MAX_SAFE_INTEGER);
  }
  checkSignal(operation, options.signal);
}

export function checkBuffer(operation: string, buffer: unknown, options: (ByteRange & Breakable) | undefined): void {
  checkBytes(operation, buffer);
  if (options === undefined) return;
  checkOptions(operation, options);
  checkRange(operation, buffer.length, options.start, options.end);
  checkSignal(operation, options.signal);
}

/** One attempt to receive, which also absorbs a pending refusal. */
export function take(operation: string, state: SocketState): Datagram | undefined {
  requireBound(operation, state);
  raiseFailure(state);
  state.refusal = undefined;
  return state.inbox.shift();
}

/** Waits for the next datagram; an error of an earlier send is left to the next call. */
export async function nextDatagram(
  operation: string,
  state: SocketState,
  signal: AbortSignal | undefined,
): Promise<Datagram> {
  state.consumers++;
  try {
    return await waitIn(
      state,
      state.receivers,
      () => {
        requireBound(operation, state);
        return state.inbox.shift();
      },
      signal,
    );
  } finally {
    state.consumers--;
  }
}

function truncated<T extends Datagram | undefined>(datagram: T, maxLength: number | undefined): T {
  if (datagram === undefined || maxLength === undefined || datagram.data.length <= maxLength) return datagram;
  return { ...datagram, data: datagram.data.subarray(0, maxLength) };
}

export function written(datagram: Datagram, buffer: Uint8Array, range: ByteRange | undefined): Received {
  const start = range?.start ?? 0;
  const length = Math.min((range?.end ?? buffer.length) - start, datagram.data.length);
  buffer.set(length === datagram.data.length ? datagram.data : datagram.data.subarray(0, length), start);
  return { length, host: datagram.host, port: datagram.port };
}
