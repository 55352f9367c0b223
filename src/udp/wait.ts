import { hold, release } from "./liveness.ts";
import type { SocketState, Wake } from "./socket-state.ts";

/**
 * Waits in `waiters` until `attempt` answers or throws.
 * Aborting leaves the queue and has taken nothing; `signal` must not be aborted yet.
 */
export function waitIn<T>(
  state: SocketState,
  waiters: Set<Wake>,
  attempt: () => T | undefined,
  signal: AbortSignal | undefined,
): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => {
      waiters.delete(wake);
      release(state);
      signal?.removeEventListener("abort", abort);
    };
    const abort = (): void => {
      leave();
      reject(signal?.reason);
    };
    const wake = (): void => {
      try {
        const answer = attempt();
        if (answer === undefined) return;
        leave();
        resolve(answer);
      } catch (error) {
        leave();
        reject(error);
      }
    };
    waiters.add(wake);
    hold(state);
    signal?.addEventListener("abort", abort);
  });
}

/** `promise`, unless `signal` aborts first. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return promise;
  signal.throwIfAborted();
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (abort !== undefined) signal.removeEventListener("abort", abort);
  }
}
