import { checkDuration, checkOptions, checkSignal } from "./arguments.ts";
import { checkEvt } from "./check-evt.ts";
import type { ResultOf } from "./choice.ts";
import { choiceOf, type Evt, type Taken } from "./evt.ts";
import { afterDelay, settled } from "./loop-turn.ts";

/** Options of {@link sync}. */
export interface SyncOptions {
  /** Aborting rejects with its reason; nothing was chosen then. */
  readonly signal?: AbortSignal;
}

/** Options of {@link sync} with a time limit. */
export interface SyncTimeoutOptions extends SyncOptions {
  /** Milliseconds to wait at most; 0 only looks. */
  readonly timeoutMs: number;
}

type Events = Evt<unknown> | readonly Evt<unknown>[];
type ResultOfAny<E extends Events> = E extends readonly Evt<unknown>[] ? ResultOf<E[number]> : ResultOf<E>;

/**
 * Waits until one event is ready, chooses it, and answers with its result; the others send and take nothing.
 * Among several ready events the choice is random. An event that has failed counts as ready and rejects.
 *
 * @returns the result; `null` if `timeoutMs` ran out, and never without it
 * @see Racket `sync`, `sync/timeout`, `sync/enable-break`
 */
export function sync<const E extends Events>(events: E, options?: SyncOptions): Promise<ResultOfAny<E>>;
export function sync<const E extends Events>(events: E, options: SyncTimeoutOptions): Promise<ResultOfAny<E> | null>;
export async function sync(events: Events, options?: SyncOptions & { readonly timeoutMs?: number }): Promise<unknown> {
  const evts: readonly Evt<unknown>[] = Array.isArray(events) ? events : [events];
  for (const evt of evts) checkEvt("sync", evt);
  checkOptions("sync", options);
  const { timeoutMs = Number.POSITIVE_INFINITY, signal } = options ?? {};
  checkDuration("sync", "timeoutMs", timeoutMs);
  checkSignal("sync", signal);
  signal?.throwIfAborted();
  const any = choiceOf(evts);
  const taken = any.poll() ?? (await (timeoutMs === 0 ? looked(any, signal) : waited(any, timeoutMs, signal)));
  return taken === undefined ? null : taken.value;
}

async function looked<T>(evt: Evt<T>, signal: AbortSignal | undefined): Promise<Taken<T> | undefined> {
  await settled();
  signal?.throwIfAborted();
  return evt.poll();
}

function waited<T>(evt: Evt<T>, timeoutMs: number, signal: AbortSignal | undefined): Promise<Taken<T> | undefined> {
  return new Promise((resolve, reject) => {
    const deadline = performance.now() + timeoutMs;
    let polling = false; // a poll runs the caller's code, which may wake this very wait
    const wake = (): void => {
      if (polling) return;
      polling = true;
      try {
        const taken = evt.poll();
        if (taken !== undefined) settle(() => resolve(taken));
      } catch (error) {
        settle(() => reject(error));
      }
      polling = false;
    };
    const abort = (): void => settle(() => reject(signal?.reason));
    const settle = (outcome: () => void): void => {
      polling = true;
      unwatch();
      cancel();
      signal?.removeEventListener("abort", abort);
      outcome();
    };
    const unwatch = evt.watch(wake);
    const cancel = afterDelay(
      () => deadline - performance.now(),
      () => settle(() => resolve(undefined)),
    );
    signal?.addEventListener("abort", abort);
  });
}
