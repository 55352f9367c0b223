import { hold, release } from "./liveness.ts";
import type { SocketState, Wake } from "./socket-state.ts";

/**
 * Waits in `waiters` until `attempt` answers or throws.
 * Aborting leaves the queue and has taken nothing; `signal` must not be aborted yet.
 */
export function waitIn<T>(
  state: SocketState,
  waiters: Set<Wake>,
  attempt: () => T | PromiseLike<T> | undefined,
  signal: AbortSignal | undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const wake = (): void => {
      try {
        const answer = attempt();
        if (answer === undefined) return;
        resolve(answer);
      } catch (error) {
        reject(error);
      }
      leave();
    };
    const leave = (): void => {
      waiters.delete(wake);
      release(state);
      if (signal !== undefined) signal.removeEventListener("abort", abort);
    };
    const abort = (): void => {
      reject(signal?.reason);
      leave();
    };
    waiters.add(wake);
    hold(state);
    if (signal !== undefined) signal.addEventListener("abort", abort);
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

/** Wakes those that wait now, unless an earlier one made them leave. */
export function wakeAll(waiters: ReadonlySet<Wake>): void {
  for (const wake of [...waiters]) if (waiters.has(wake)) wake();
}
