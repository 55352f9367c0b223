import type { ByteRange } from "./call-options.ts";
import { type Evt, makeEvt } from "./evt.ts";
import type { Datagram } from "./inbox.ts";
import { checkBuffer, type Received, take, written } from "./receive.ts";
import type { SocketState } from "./socket-state.ts";
import { watchIn } from "./wait.ts";

/** What a chosen receive-into event answers: the buffer that was written, too. */
export interface ReceivedInto extends Received {
  /** The one that was given. */
  readonly buffer: Uint8Array;
}

export function receiveEvt(state: SocketState): Evt<Datagram> {
  return makeEvt(
    () => {
      const datagram = take("receiveEvt", state);
      return datagram && { value: datagram };
    },
    (wake) => watchIn(state, state.receivers, wake),
  );
}

export function receiveIntoEvt(state: SocketState, buffer: Uint8Array, range?: ByteRange): Evt<ReceivedInto> {
  checkBuffer("receiveIntoEvt", buffer, range);
  return makeEvt(
    () => {
      checkBuffer("receiveIntoEvt", buffer, range); // its memory may be gone by now
      const datagram = take("receiveIntoEvt", state);
      return datagram && { value: { ...written(datagram, buffer, range), buffer } };
    },
    (wake) => watchIn(state, state.receivers, wake),
  );
}
