import type { Socket } from "node:dgram";
import { DATAGRAM_OVERHEAD } from "./inbox.ts";
import { keepRefusal } from "./kept-error.ts";
import { applyLiveness } from "./liveness.ts";
import { applySettings } from "./settings.ts";
import type { SocketState } from "./socket-state.ts";
import { systemError } from "./system-error.ts";

/**
 * Makes `handle` the descriptor of the socket, with all that was set so far, and gives up the one before.
 * If the system refuses a setting, `handle` is closed and nothing has changed.
 */
export function attach(operation: string, state: SocketState, handle: Socket): void {
  try {
    handle.setBroadcast(true);
    applySettings(handle, state.settings, state.memberships);
  } catch (error) {
    handle.close();
    throw systemError(operation, error, { syscall: "setsockopt" });
  }
  state.handle?.close();
  state.handle = handle;
  state.inbox.budget = Math.max(handle.getRecvBufferSize(), DATAGRAM_OVERHEAD);
  const unread = (): boolean => state.inbox.size > 0;
  handle.on("message", (data, sender) => {
    if (state.handle !== handle || !(state.bound || state.peer)) return;
    if (state.handler !== undefined) {
      state.inbox.received++;
      state.handler(data, sender.address, sender.port);
      return;
    }
    state.inbox.push({ data, host: sender.address, port: sender.port });
    if (state.receivers.size > 0) state.receivers.wakeWhile(unread);
    if (state.onlookers.size > 0 && !state.onlookersDue) {
      state.onlookersDue = true;
      setImmediate(wakeOnlookers, state);
    }
  });
  handle.on("error", (error) => {
    if (state.handle === handle) keepRefusal(state, systemError("send", error, { syscall: "recvmsg", ...state.peer }));
  });
  applyLiveness(state);
}

/** Once for all that a turn of the event loop has read, so that one wake serves a burst. */
function wakeOnlookers(state: SocketState): void {
  state.onlookersDue = false;
  if (state.inbox.size > 0) state.onlookers.wakeAll();
}
