import type { SocketState } from "./socket-state.ts";

/** Lets the descriptor keep the process running while a call waits, as a blocked Racket thread would. */
export function applyLiveness(state: SocketState): void {
  if (state.keepAlive === "always" || (state.keepAlive === "auto" && state.holds > 0)) state.handle?.ref();
  else state.handle?.unref();
}

export function hold(state: SocketState): void {
  if (state.holds++ === 0 && state.keepAlive === "auto") state.handle?.ref();
}

export function release(state: SocketState): void {
  if (--state.holds === 0 && state.keepAlive === "auto" && !state.closed) state.handle?.unref();
}
