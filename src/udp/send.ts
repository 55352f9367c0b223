import { checkBytes, checkHost, checkOptions, checkPort, checkRange, checkSignal } from "./arguments.ts";
import type { Breakable, ByteRange } from "./call-options.ts";
import { literalDestination, requireLiteral, resolveDestination } from "./destination.ts";
import { keepFailure, keepRefusal, raiseBeforeSend } from "./kept-error.ts";
import { requireConnected, requireUnconnected } from "./require-state.ts";
import type { Destination, SocketState } from "./socket-state.ts";
import { sendError } from "./system-error.ts";
import { afterSend, transmit } from "./transmit.ts";
import { unlessAborted, waitIn } from "./wait.ts";

export function checkPayload(operation: string, bytes: unknown, options: (ByteRange & Breakable) | undefined): void {
  checkBytes(operation, bytes);
  if (options === undefined) return;
  checkOptions(operation, options);
  checkRange(operation, bytes.length, options.start, options.end);
  checkSignal(operation, options.signal);
}

export function checkTarget(operation: string, host: unknown, port: unknown): void {
  checkHost(operation, host);
  checkPort(operation, port);
}

export function trySendTo(
  state: SocketState,
  host: string,
  port: number,
  bytes: Uint8Array,
  range?: ByteRange,
): boolean {
  const operation = "trySendTo";
  checkTarget(operation, host, port);
  checkPayload(operation, bytes, range);
  return attempt(operation, state, requireLiteral(operation, state, host, port), bytes, range);
}

export function trySend(state: SocketState, bytes: Uint8Array, range?: ByteRange): boolean {
  const operation = "trySend";
  checkPayload(operation, bytes, range);
  return attempt(operation, state, undefined, bytes, range);
}

export function sendTo(
  state: SocketState,
  host: string,
  port: number,
  bytes: Uint8Array,
  options?: ByteRange & Breakable,
): Promise<void> {
  const operation = "sendTo";
  try {
    checkTarget(operation, host, port);
    checkPayload(operation, bytes, options);
    options?.signal?.throwIfAborted();
    const to = literalDestination(operation, state, host, port);
    if (to !== undefined) return complete(operation, state, to, bytes, options);
  } catch (error) {
    return Promise.reject(error);
  }
  return unlessAborted(resolveDestination(operation, state.family, host, port), options?.signal).then((to) => {
    options?.signal?.throwIfAborted();
    return complete(operation, state, to, bytes, options);
  });
}

export function send(state: SocketState, bytes: Uint8Array, options?: ByteRange & Breakable): Promise<void> {
  const operation = "send";
  try {
    checkPayload(operation, bytes, options);
    options?.signal?.throwIfAborted();
    return complete(operation, state, undefined, bytes, options);
  } catch (error) {
    return Promise.reject(error);
  }
}

function requireSendable(operation: string, state: SocketState, to: Destination | undefined): void {
  if (to === undefined) requireConnected(operation, state);
  else requireUnconnected(operation, state);
}

/** Sends if the system takes it now. What it says a tick later is kept for the next operation. */
function attempt(
  operation: string,
  state: SocketState,
  to: Destination | undefined,
  bytes: Uint8Array,
  range: ByteRange | undefined,
): boolean {
  requireSendable(operation, state, to);
  raiseBeforeSend(state);
  if (state.queued) return false;
  state.tried ??= (error) => {
    if (error !== null) keep(state, error);
    afterSend(state);
  };
  transmit(operation, state, to, bytes, range, state.tried);
  return true;
}

function keep(state: SocketState, cause: Error): void {
  if (!state.closed) state.sent--;
  const error = sendError(state.peer === undefined ? "trySendTo" : "trySend", cause, state.peer);
  if (error.code === "ECONNREFUSED") keepRefusal(state, error);
  else keepFailure(state, error);
}

function complete(
  operation: string,
  state: SocketState,
  to: Destination | undefined,
  bytes: Uint8Array,
  options: (ByteRange & Breakable) | undefined,
): Promise<void> {
  const dispatched = dispatch(operation, state, to, bytes, options);
  if (dispatched !== undefined) return dispatched;
  const again = (): Promise<void> | undefined => dispatch(operation, state, to, bytes, options);
  return waitIn(state, state.senders, again, options?.signal);
}

/** Sends and answers with the outcome, or `undefined` if the queue is full. Throws on a state that forbids it. */
export function dispatch(
  operation: string,
  state: SocketState,
  to: Destination | undefined,
  bytes: Uint8Array,
  range: ByteRange | undefined,
): Promise<void> | undefined {
  requireSendable(operation, state, to);
  raiseBeforeSend(state);
  if (state.queued) return undefined;
  return new Promise<void>((resolve, reject) => {
    transmit(operation, state, to, bytes, range, (error) => {
      if (error === null) resolve();
      else {
        if (!state.closed) state.sent--;
        reject(sendError(operation, error, to ?? state.peer));
      }
      afterSend(state);
    });
    if (state.queued) resolve();
  });
}
