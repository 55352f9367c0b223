import { hold, release } from "./liveness.ts";
import type { SocketState } from "./socket-state.ts";
import type { Waiter, WaitList, Wake } from "./wait-list.ts";

/** Takes a place in `list`, and keeps the process running meanwhile. */
function enter(state: SocketState, list: WaitList, wake: Wake): Waiter {
  hold(state);
  return list.add(wake);
}

function leave(state: SocketState, list: WaitList, waiter: Waiter): void {
  list.remove(waiter);
  release(state);
}

/** {@link enter} as the `watch` of an event. */
export function watchIn(state: SocketState, list: WaitList, wake: Wake): () => void {
  const waiter = enter(state, list, wake);
  return () => leave(state, list, waiter);
}

/**
 * Waits in `list` until `attempt` answers or throws.
 * Aborting leaves the queue and has taken nothing; `signal` must not be aborted yet.
 */
export function waitIn<T>(
  state: SocketState,
  list: WaitList,
  attempt: () => T | PromiseLike<T> | undefined,
  signal: AbortSignal | undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    let abort: (() => void) | undefined;
    const done = (): void => {
      leave(state, list, waiter);
      if (abort !== undefined) signal?.removeEventListener("abort", abort);
    };
    const waiter = enter(state, list, () => {
      try {
        const answer = attempt();
        if (answer === undefined) return;
        resolve(answer);
      } catch (error) {
        reject(error);
      }
      done();
    });
    if (signal === undefined) return;
    abort = () => {
      reject(signal.reason);
      done();
    };
    signal.addEventListener("abort", abort);
  });
}

/** `promise`, unless `signal` aborts first. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  let abort = (): void => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
  });
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
