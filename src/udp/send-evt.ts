import type { ByteRange } from "./call-options.ts";
import { literalDestination, resolveDestination } from "./destination.ts";
import { type Evt, makeEvt, type Taken } from "./evt.ts";
import { checkPayload, checkTarget, dispatch } from "./send.ts";
import type { Destination, SocketState } from "./socket-state.ts";
import { watchIn } from "./wait.ts";
import { WaitList } from "./wait-list.ts";

export function sendEvt(state: SocketState, bytes: Uint8Array, range?: ByteRange): Evt<undefined> {
  checkPayload("sendEvt", bytes, range);
  return makeEvt(
    () => sent(dispatch("sendEvt", state, undefined, bytes, range)),
    (wake) => watchIn(state, state.senders, wake),
  );
}

export function sendToEvt(
  state: SocketState,
  host: string,
  port: number,
  bytes: Uint8Array,
  range?: ByteRange,
): Evt<undefined> {
  const operation = "sendToEvt";
  checkTarget(operation, host, port);
  checkPayload(operation, bytes, range);
  const target = new Target(operation, state, host, port);
  return makeEvt(
    () => {
      const to = target.poll();
      return to && sent(dispatch(operation, state, to, bytes, range));
    },
    (wake) => {
      const unwatch = [target.watch(wake), watchIn(state, state.senders, wake)];
      return () => {
        for (const stop of unwatch) stop();
      };
    },
  );
}

function sent(outcome: Promise<void> | undefined): Taken<undefined> | undefined {
  return outcome && { value: outcome as Promise<undefined> };
}

/** The destination of an event: known at once if numeric, or resolved when first synchronized on. */
class Target {
  readonly #resolve: () => Promise<Destination>;
  readonly #watchers = new WaitList();
  #found: Destination | undefined;
  #error: unknown;
  #resolving = false;

  constructor(operation: string, state: SocketState, host: string, port: number) {
    this.#resolve = () => resolveDestination(operation, state.family, host, port);
    this.#found = literalDestination(operation, state, host, port);
  }

  poll(): Destination | undefined {
    if (this.#error !== undefined) {
      const error = this.#error;
      this.#error = undefined;
      throw error;
    }
    if (this.#found === undefined && !this.#resolving) this.#start();
    return this.#found;
  }

  watch(wake: () => void): () => void {
    const waiter = this.#watchers.add(wake);
    return () => this.#watchers.remove(waiter);
  }

  #start(): void {
    this.#resolving = true;
    const settle = (): void => {
      this.#resolving = false;
      this.#watchers.wakeAll();
    };
    this.#resolve().then(
      (found) => {
        this.#found = found;
        settle();
      },
      (error: unknown) => {
        this.#error = error;
        settle();
      },
    );
  }
}
