import { type Evt, makeEvt } from "./evt.ts";
import { hold, release } from "./liveness.ts";
import type { SocketState, Wake } from "./socket-state.ts";

/** An event whose result is itself: it says that something can be done, and does nothing. */
export interface ReadyEvt extends Evt<ReadyEvt> {}

export function receiveReadyEvt(state: SocketState): ReadyEvt {
  return readyEvt(state, state.receivers, canReceive);
}

export function sendReadyEvt(state: SocketState): ReadyEvt {
  return readyEvt(state, state.senders, canSend);
}

function canReceive({ inbox, closed, refusal, failure }: SocketState): boolean {
  return inbox.size > 0 || closed || refusal !== undefined || failure !== undefined;
}

function canSend({ queued, closed }: SocketState): boolean {
  return !queued || closed;
}

function readyEvt(state: SocketState, waiters: Set<Wake>, ready: (state: SocketState) => boolean): ReadyEvt {
  const evt: ReadyEvt = makeEvt<ReadyEvt>(
    () => (ready(state) ? { value: evt } : undefined),
    (wake) => watchIn(state, waiters, wake),
  );
  return evt;
}

/** Waits in `waiters` in order of arrival, and keeps the process running meanwhile. */
export function watchIn(state: SocketState, waiters: Set<Wake>, wake: Wake): () => void {
  const own: Wake = () => wake(); // one wait may watch twice
  waiters.add(own);
  hold(state);
  return () => {
    if (waiters.delete(own)) release(state);
  };
}
