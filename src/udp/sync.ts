import { checkDuration, checkOptions, checkSignal } from "./arguments.ts";
import type { ResultOf } from "./choice.ts";
import { checkEvt, choiceOf, type Evt, watched } from "./evt.ts";
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
export function sync(events: Events, options?: SyncOptions & { readonly timeoutMs?: number }): Promise<unknown> {
  try {
    const evt = single(events);
    if (options !== undefined) checkSyncOptions(options);
    const { timeoutMs = Number.POSITIVE_INFINITY, signal } = options ?? NO_OPTIONS;
    signal?.throwIfAborted();
    const taken = evt.poll();
    if (taken !== undefined) return Promise.resolve(taken.value);
    return timeoutMs === 0 ? look(evt, signal) : wait(evt, timeoutMs, signal);
  } catch (error) {
    return Promise.reject(error);
  }
}

const NO_OPTIONS: SyncOptions & { readonly timeoutMs?: number } = {};

function checkSyncOptions(options: SyncOptions & { readonly timeoutMs?: number }): void {
  checkOptions("sync", options);
  if (options.timeoutMs !== undefined) checkDuration("sync", "timeoutMs", options.timeoutMs);
  checkSignal("sync", options.signal);
}

function single(events: Events): Evt<unknown> {
  if (!Array.isArray(events)) {
    checkEvt("sync", events);
    return events;
  }
  for (const evt of events) checkEvt("sync", evt);
  return choiceOf(events);
}

async function look<T>(evt: Evt<T>, signal: AbortSignal | undefined): Promise<T | null> {
  await settled();
  signal?.throwIfAborted();
  const taken = evt.poll();
  return taken === undefined ? null : taken.value;
}

function wait<T>(evt: Evt<T>, timeoutMs: number, signal: AbortSignal | undefined): Promise<T | null> {
  return new Promise((resolve, reject) => {
    let busy = true; // while a watch or a poll runs the caller's code, which may wake this very wait
    let woken = false;
    const wake = (): void => {
      woken = true;
      if (busy) return;
      busy = true;
      try {
        const taken = evt.poll();
        busy = taken !== undefined;
        if (taken === undefined) return;
        resolve(taken.value);
      } catch (error) {
        reject(error);
      }
      leave();
    };
    const leave = (): void => {
      busy = true;
      unwatch();
      cancel?.();
      if (abort !== undefined) signal?.removeEventListener("abort", abort);
    };
    let cancel: (() => void) | undefined;
    let abort: (() => void) | undefined;
    const unwatch = watched("sync", evt, wake);
    if (timeoutMs !== Number.POSITIVE_INFINITY) {
      cancel = afterDelay(timeoutMs, () => {
        wake(); // what became ready in this very turn wins
        if (busy) return;
        resolve(null);
        leave();
      });
    }
    if (signal !== undefined) {
      abort = () => {
        reject(signal.reason);
        leave();
      };
      signal.addEventListener("abort", abort);
    }
    busy = false;
    if (signal?.aborted) abort?.();
    else if (woken) wake();
  });
}
