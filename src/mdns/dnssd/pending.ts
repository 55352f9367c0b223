import { argumentError } from "./argument-error.ts";
import { awakeWait } from "./awake-wait.ts";
import type { Session } from "./session.ts";

/** How one answer or one effect is waited for. */
export interface WaitOptions {
  /** Milliseconds; `Infinity` for no limit. If the process stood still as they ended, they begin once more. */
  readonly timeout?: number | undefined;
  /** Ends the wait: the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

export interface Settle<T> {
  resolve(value: T): void;
  reject(error: unknown): void;
}

/**
 * A promise that settles exactly once: by what `begin` starts, by time, by its signal, or as the session ends.
 * @param expired - settles it when the time is up
 * @param begin - returns what stops it, which is called in any case
 * @throws {@link MdnsError} `ERR_MDNS_CLOSED` before anything is begun, likewise the reason of an aborted signal
 */
export async function pending<T>(
  session: Session,
  { timeout, signal }: { readonly timeout: number; readonly signal?: AbortSignal | undefined },
  expired: (settle: Settle<T>) => void,
  begin: (settle: Settle<T>) => () => void,
): Promise<T> {
  session.openings.check();
  signal?.throwIfAborted();
  const stops: (() => void)[] = [];
  let settled = false;
  const stopAll = (): void => {
    settled = true;
    for (const stop of stops.splice(0)) stop();
  };
  const arrange = (stop: () => void): void => {
    if (settled) stop();
    else stops.push(stop);
  };
  try {
    return await new Promise<T>((resolve, reject) => {
      const settle: Settle<T> = {
        resolve: (value) => {
          resolve(value);
          stopAll();
        },
        reject: (error) => {
          reject(error);
          stopAll();
        },
      };
      arrange(session.openings.add(settle.reject));
      const abort = (): void => settle.reject(signal?.reason);
      signal?.addEventListener("abort", abort, { once: true });
      arrange(() => signal?.removeEventListener("abort", abort));
      const { clock } = session.network;
      if (timeout !== Number.POSITIVE_INFINITY) arrange(awakeWait(clock, timeout, () => expired(settle)));
      arrange(begin(settle));
    });
  } finally {
    stopAll();
  }
}

/** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
export function checkedTimeout(value: unknown, otherwise: number): number {
  if (value === undefined) return otherwise;
  if (typeof value === "number" && value > 0) return value;
  throw argumentError("timeout", "a positive number of milliseconds", value);
}
