import { checkDuration } from "./arguments.ts";
import { type Evt, makeEvt } from "./evt.ts";
import { afterDelay } from "./loop-turn.ts";

/**
 * An event that is ready once `ms` milliseconds have passed since it was made, and stays so.
 * Its result is `undefined`; use {@link wrap} to tell it from other results.
 * @see Racket `alarm-evt`
 */
export function timeout(ms: number): Evt<undefined> {
  checkDuration("timeout", "ms", ms);
  const deadline = performance.now() + ms;
  return makeEvt(
    () => (performance.now() >= deadline ? { value: undefined } : undefined),
    (wake) => afterDelay(deadline - performance.now(), wake),
  );
}
