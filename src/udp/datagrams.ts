import type { Datagram } from "./inbox.ts";
import { requireBound } from "./require-state.ts";
import type { SocketState } from "./socket-state.ts";
import { waitIn } from "./wait.ts";

type Step = IteratorResult<Datagram, undefined>;

const DONE: Step = { done: true, value: undefined };
const step = (value: Datagram): Step => ({ done: false, value });

/** Every datagram until the socket is closed, which ends the iteration, or the loop is left. */
export function datagrams(state: SocketState): AsyncIterableIterator<Datagram, undefined> {
  return new Datagrams(state);
}

class Datagrams implements AsyncIterableIterator<Datagram, undefined> {
  readonly #state: SocketState;
  #left = false;

  constructor(state: SocketState) {
    this.#state = state;
  }

  /** An error of an earlier send is none of the reader's business and is left to the next operation. */
  next(): Promise<Step> {
    const state = this.#state;
    if (this.#left || state.closed) return Promise.resolve(DONE);
    try {
      requireBound("iteration", state);
    } catch (error) {
      return Promise.reject(error);
    }
    state.refusal = undefined;
    const datagram = state.inbox.shift();
    if (datagram !== undefined) return Promise.resolve(step(datagram));
    return waitIn(state, state.receivers, this.#attempt, undefined);
  }

  readonly #attempt = (): Step | undefined => {
    if (this.#left || this.#state.closed) return DONE;
    const datagram = this.#state.inbox.shift();
    return datagram && step(datagram);
  };

  /** Steps that still wait answer that the iteration is done. */
  return(): Promise<Step> {
    this.#left = true;
    this.#state.receivers.wakeAll();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
