import { checkBytes, checkInteger, checkOptions, checkRange, checkSignal } from "./arguments.ts";
import type { Breakable, ByteRange } from "./call-options.ts";
import type { Datagram } from "./inbox.ts";
import { raiseFailure } from "./kept-error.ts";
import { requireBound } from "./require-state.ts";
import type { SocketState } from "./socket-state.ts";
import { waitIn } from "./wait.ts";

/** How much of a datagram to keep. */
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
  const operation = "tryReceive";
  checkReceive(operation, options);
  const datagram = take(operation, state);
  return datagram && truncated(datagram, options?.maxLength);
}

export function tryReceiveInto(state: SocketState, buffer: Uint8Array, range?: ByteRange): Received | undefined {
  const operation = "tryReceiveInto";
  checkBuffer(operation, buffer, range);
  const datagram = take(operation, state);
  return datagram && written(datagram, buffer, range);
}

export function receive(state: SocketState, options?: ReceiveOptions & Breakable): Promise<Datagram> {
  const operation = "receive";
  try {
    checkReceive(operation, options);
    return next(operation, state, (datagram) => truncated(datagram, options?.maxLength), options?.signal);
  } catch (error) {
    return Promise.reject(error);
  }
}

export function receiveInto(
  state: SocketState,
  buffer: Uint8Array,
  options?: ByteRange & Breakable,
): Promise<Received> {
  const operation = "receiveInto";
  try {
    checkBuffer(operation, buffer, options);
    const use = (datagram: Datagram): Received => written(datagram, buffer, options);
    return next(operation, state, use, options?.signal, () => checkBuffer(operation, buffer, options));
  } catch (error) {
    return Promise.reject(error);
  }
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

function next<T>(
  operation: string,
  state: SocketState,
  use: (datagram: Datagram) => T,
  signal: AbortSignal | undefined,
  recheck?: () => void,
): Promise<T> {
  signal?.throwIfAborted();
  const datagram = take(operation, state);
  if (datagram !== undefined) return Promise.resolve(use(datagram));
  return waitForDatagram(operation, state, use, signal, recheck);
}

/**
 * The error of an earlier send does not end the wait: it is left to the next call.
 * @param recheck - throws for what was right when the wait began and is no more; the datagram is the next one's then
 */
function waitForDatagram<T>(
  operation: string,
  state: SocketState,
  use: (datagram: Datagram) => T,
  signal: AbortSignal | undefined,
  recheck: (() => void) | undefined,
): Promise<T> {
  return waitIn(
    state,
    state.receivers,
    () => {
      requireBound(operation, state);
      recheck?.();
      const datagram = state.inbox.shift();
      return datagram && use(datagram);
    },
    signal,
  );
}

function truncated(datagram: Datagram, maxLength: number | undefined): Datagram {
  if (maxLength === undefined || datagram.data.length <= maxLength) return datagram;
  return { ...datagram, data: datagram.data.subarray(0, maxLength) };
}

export function written(datagram: Datagram, buffer: Uint8Array, range: ByteRange | undefined): Received {
  const start = range?.start ?? 0;
  const length = Math.min((range?.end ?? buffer.length) - start, datagram.data.length);
  buffer.set(length === datagram.data.length ? datagram.data : datagram.data.subarray(0, length), start);
  return { length, host: datagram.host, port: datagram.port };
}
