import { type Evt, makeEvt } from "./evt.ts";
import { hold, release } from "./liveness.ts";
import type { SocketState, Wake } from "./socket-state.ts";

/** An event whose result is itself: it says that something can be done, and does nothing. */
export interface ReadyEvt extends Evt<ReadyEvt> {}

export function receiveReadyEvt(state: SocketState): ReadyEvt {
  return readyEvt(state, canReceive, (wake) => {
    const unwatch = watchIn(state, state.receivers, wake);
    state.onlookers++;
    return () => {
      unwatch();
      state.onlookers--;
    };
  });
}

export function sendReadyEvt(state: SocketState): ReadyEvt {
  return readyEvt(state, canSend, (wake) => watchIn(state, state.senders, wake));
}

function canReceive({ inbox, closed, refusal, failure }: SocketState): boolean {
  return inbox.size > 0 || closed || refusal !== undefined || failure !== undefined;
}

function canSend({ queued, closed }: SocketState): boolean {
  return !queued || closed;
}

function readyEvt(state: SocketState, ready: (state: SocketState) => boolean, watch: ReadyEvt["watch"]): ReadyEvt {
  const evt: ReadyEvt = makeEvt<ReadyEvt>(() => (ready(state) ? taken : undefined), watch);
  const taken = { value: evt };
  return evt;
}

/** Waits in `waiters` in order of arrival, and keeps the process running meanwhile. */
export function watchIn(state: SocketState, waiters: Set<Wake>, wake: Wake): () => void {
  const own: Wake = waiters.has(wake) ? () => wake() : wake; // one wait may watch twice
  waiters.add(own);
  hold(state);
  return () => {
    waiters.delete(own);
    release(state);
  };
}
