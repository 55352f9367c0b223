import { type Evt, makeEvt } from "./evt.ts";
import type { SocketState } from "./socket-state.ts";
import { watchIn } from "./wait.ts";

/** An event whose result is itself: it says that something can be done, and does nothing. */
export interface ReadyEvt extends Evt<ReadyEvt> {}

export function receiveReadyEvt(state: SocketState): ReadyEvt {
  return readyEvt(state, canReceive, (wake) => watchIn(state, state.onlookers, wake));
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
