import { wrongArgument } from "./arguments.ts";
import type { DatagramHandler } from "./inbox.ts";
import { hold, release } from "./liveness.ts";
import { requireBound } from "./require-state.ts";
import type { SocketState } from "./socket-state.ts";

const OPERATION = "deliverTo";

export function deliverTo(state: SocketState, handler: DatagramHandler | null): void {
  if (handler !== null && typeof handler !== "function") {
    throw wrongArgument(OPERATION, "handler", "a function or null", handler);
  }
  requireBound(OPERATION, state);
  const before = state.handler;
  state.handler = handler ?? undefined;
  if (before === undefined && state.handler !== undefined) hold(state);
  if (before !== undefined && state.handler === undefined) release(state);
  while (state.handler !== undefined) {
    const datagram = state.inbox.shift();
    if (datagram === undefined) return;
    state.handler(datagram.data, datagram.host, datagram.port);
  }
}
