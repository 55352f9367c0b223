import { type Literal, reachable } from "./address.ts";
import { checkBytes, checkHost, checkOptions, checkPort, checkRange, checkSignal } from "./arguments.ts";
import { literalHost, requireLiteral, resolveDestination } from "./destination.ts";
import { raiseBeforeSend } from "./kept-error.ts";
import { requireConnected, requireUnconnected } from "./require-state.ts";
import type { SocketState } from "./socket-state.ts";
import { refused, systemError } from "./system-error.ts";
import { adopted, afterSend, type Destination, transmit } from "./transmit.ts";
import { unlessAborted, waitIn } from "./wait.ts";

/** Which part of the bytes to use. */
export interface ByteRange {
  /** First byte; 0 if left out. */
  readonly start?: number;
  /** After the last byte; the length if left out. */
  readonly end?: number;
}

/** Options of calls that may wait. */
export interface Breakable {
  /** Aborting rejects with its reason, and then nothing was or will be sent or taken. Without it nothing breaks in. */
  readonly signal?: AbortSignal;
}

const MAX_PAYLOAD = { ipv4: 65_507, ipv6: 65_527 } as const;

/** One datagram on its way, its arguments checked. `literal` and `port` are those of an unconnected send. */
export interface Outgoing {
  readonly operation: string;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly literal: Literal | undefined;
  readonly port: number;
}

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
  const literal = requireLiteral(operation, state, host);
  return attempt(state, outgoing(operation, bytes, range, literal, port));
}

export function trySend(state: SocketState, bytes: Uint8Array, range?: ByteRange): boolean {
  const operation = "trySend";
  checkPayload(operation, bytes, range);
  return attempt(state, outgoing(operation, bytes, range, undefined, 0));
}

export async function sendTo(
  state: SocketState,
  host: string,
  port: number,
  bytes: Uint8Array,
  options?: ByteRange & Breakable,
): Promise<void> {
  const operation = "sendTo";
  checkTarget(operation, host, port);
  checkPayload(operation, bytes, options);
  options?.signal?.throwIfAborted();
  const literal =
    literalHost(operation, state, host) ??
    (await unlessAborted(resolveDestination(operation, state.family, host), options?.signal));
  await complete(state, outgoing(operation, bytes, options, literal, port), options?.signal);
}

export async function send(state: SocketState, bytes: Uint8Array, options?: ByteRange & Breakable): Promise<void> {
  const operation = "send";
  checkPayload(operation, bytes, options);
  options?.signal?.throwIfAborted();
  await complete(state, outgoing(operation, bytes, options, undefined, 0), options?.signal);
}

export function outgoing(
  operation: string,
  bytes: Uint8Array,
  range: ByteRange | undefined,
  literal: Literal | undefined,
  port: number,
): Outgoing {
  return { operation, bytes, start: range?.start ?? 0, end: range?.end ?? bytes.length, literal, port };
}

export function requireSendable(state: SocketState, { operation, literal }: Outgoing): void {
  if (literal === undefined) requireConnected(operation, state);
  else requireUnconnected(operation, state);
}

/** Sends if the system takes it now. What it says a tick later is kept for the next operation. */
function attempt(state: SocketState, datagram: Outgoing): boolean {
  requireSendable(state, datagram);
  raiseBeforeSend(state);
  if (state.queued) return false;
  const { operation, bytes, start, end } = datagram;
  const to = destination(state, datagram);
  transmit(operation, state, bytes, start, end, to, (error) => {
    if (error !== null) keep(state, sendError(state, operation, error, to));
    afterSend(state);
  });
  return true;
}

function keep(state: SocketState, error: ReturnType<typeof systemError>): void {
  if (state.closed) return;
  state.sent--;
  if (error.code === "ECONNREFUSED") state.refusal = error;
  else state.failure ??= error;
}

async function complete(state: SocketState, datagram: Outgoing, signal: AbortSignal | undefined): Promise<void> {
  const first = dispatch(state, datagram);
  if (first !== undefined) return first;
  return waitIn(state, state.senders, () => dispatch(state, datagram), signal);
}

/** Sends and answers with the outcome, or `undefined` if the queue is full. Throws on a state that forbids it. */
export function dispatch(state: SocketState, datagram: Outgoing): Promise<void> | undefined {
  requireSendable(state, datagram);
  raiseBeforeSend(state);
  if (state.queued) return undefined;
  const { operation, bytes, start, end } = datagram;
  const to = destination(state, datagram);
  return new Promise<void>((resolve, reject) => {
    transmit(operation, state, bytes, start, end, to, (error) => {
      if (error === null) resolve();
      else {
        if (!state.closed) state.sent--;
        reject(sendError(state, operation, error, to));
      }
      afterSend(state);
    });
    if (state.queued) resolve();
  });
}

/** Raises what Node would tell too late or not at all; the socket is bound by then, as the system call binds it. */
function destination(state: SocketState, { operation, literal, port, start, end }: Outgoing): Destination | undefined {
  const address = literal === undefined ? undefined : reachable(state.family, literal);
  if (literal !== undefined && address === undefined) {
    adopted(operation, state);
    throw refused(operation, "EAFNOSUPPORT", { syscall: "send", address: literal.address, port });
  }
  if (end - start > MAX_PAYLOAD[literal?.family ?? state.family]) {
    adopted(operation, state);
    throw refused(operation, "EMSGSIZE", { syscall: "send", address: literal?.address, port: port || undefined });
  }
  return address === undefined ? undefined : { address, port };
}

function sendError(
  state: SocketState,
  operation: string,
  error: Error,
  to: Destination | undefined,
): ReturnType<typeof systemError> {
  return systemError(operation, error, { syscall: "send", ...(to ?? state.peer) });
}
