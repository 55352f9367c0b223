import type { UdpErrnoError } from "./errors.ts";
import type { SocketState } from "./socket-state.ts";

/** The peer's port is unreachable. A waiting receive absorbs that, as its system call would. */
export function keepRefusal(state: SocketState, error: UdpErrnoError): void {
  if (state.closed || state.receivers.size > 0) return;
  state.refusal = error;
  state.onlookers.wakeAll();
}

/** A `try` send has failed a tick after it answered. Of several failures the first is kept. */
export function keepFailure(state: SocketState, error: UdpErrnoError): void {
  if (state.closed) return;
  state.failure ??= error;
  state.receivers.wakeAll();
  state.onlookers.wakeAll();
}

/** Raises, once, what an earlier `try` send could not tell in time. */
export function raiseFailure(state: SocketState): void {
  const { failure } = state;
  if (failure === undefined) return;
  state.failure = undefined;
  throw failure;
}

/** The same for a send, which also raises that the peer's port is unreachable. */
export function raiseBeforeSend(state: SocketState): void {
  raiseFailure(state);
  const { refusal } = state;
  if (refusal === undefined) return;
  state.refusal = undefined;
  throw refusal;
}
