import type { Datagram } from "./inbox.ts";
import { nextDatagram } from "./receive.ts";
import { requireBound } from "./require-state.ts";
import type { SocketState } from "./socket-state.ts";

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** Every datagram until the socket is closed, which ends the iteration, or the loop is left. */
export function datagrams(state: SocketState): AsyncIterableIterator<Datagram, undefined> {
  const left = new AbortController();
  return {
    async next() {
      if (left.signal.aborted || state.closed) return DONE;
      requireBound("iteration", state);
      state.refusal = undefined;
      const waiting = state.inbox.shift();
      if (waiting !== undefined) return { done: false, value: waiting };
      try {
        return { done: false, value: await nextDatagram("iteration", state, left.signal) };
      } catch (error) {
        if (left.signal.aborted || state.closed) return DONE;
        throw error;
      }
    },
    async return() {
      left.abort();
      return DONE;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
