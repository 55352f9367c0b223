import { requireOpen } from "./require-state.ts";
import type { SocketState } from "./socket-state.ts";

/** Unread datagrams are gone, the port is free at once, and everything that waits is told. */
export function close(state: SocketState): void {
  requireOpen("close", state);
  state.closed = true;
  state.inbox.clear();
  state.handler = undefined;
  state.refusal = state.failure = undefined;
  state.handle?.close();
  state.receivers.wakeAll();
  state.onlookers.wakeAll();
  state.senders.wakeAll();
}
