import type { SocketState } from "./socket-state.ts";

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
