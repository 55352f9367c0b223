import type { Literal } from "./address.ts";
import { literalHost, resolveDestination } from "./destination.ts";
import { type Evt, makeEvt, type Taken } from "./evt.ts";
import { watchIn } from "./ready-evt.ts";
import { type ByteRange, checkPayload, checkTarget, dispatch, outgoing } from "./send.ts";
import type { SocketState } from "./socket-state.ts";

export function sendEvt(state: SocketState, bytes: Uint8Array, range?: ByteRange): Evt<undefined> {
  checkPayload("sendEvt", bytes, range);
  return makeEvt(
    () => sent(state, "sendEvt", bytes, range, undefined, 0),
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
  const target = new Target(state, host);
  return makeEvt(
    () => {
      const literal = target.poll();
      return literal && sent(state, operation, bytes, range, literal, port);
    },
    (wake) => {
      const unwatch = [target.watch(wake), watchIn(state, state.senders, wake)];
      return () => {
        for (const stop of unwatch) stop();
      };
    },
  );
}

function sent(
  state: SocketState,
  operation: string,
  bytes: Uint8Array,
  range: ByteRange | undefined,
  literal: Literal | undefined,
  port: number,
): Taken<undefined> | undefined {
  const outcome = dispatch(state, outgoing(operation, bytes, range, literal, port));
  return outcome && { value: outcome as Promise<undefined> };
}

/** The host of an event: numeric at once, or resolved when first synchronized on. */
class Target {
  readonly #state: SocketState;
  readonly #host: string;
  readonly #watchers = new Set<() => void>();
  #literal: Literal | undefined;
  #error: unknown;
  #resolving = false;

  constructor(state: SocketState, host: string) {
    this.#state = state;
    this.#host = host;
    this.#literal = literalHost("sendToEvt", state, host);
  }

  poll(): Literal | undefined {
    if (this.#literal === undefined && !this.#resolving) this.#resolve();
    if (this.#error === undefined) return this.#literal;
    const error = this.#error;
    this.#error = undefined;
    throw error;
  }

  watch(wake: () => void): () => void {
    const own = (): void => wake();
    this.#watchers.add(own);
    return () => {
      this.#watchers.delete(own);
    };
  }

  #resolve(): void {
    this.#resolving = true;
    resolveDestination("sendToEvt", this.#state.family, this.#host)
      .then(
        (literal) => {
          this.#literal = literal;
        },
        (error: unknown) => {
          this.#error = error;
        },
      )
      .finally(() => {
        this.#resolving = false;
        for (const wake of [...this.#watchers]) wake();
      });
  }
}
