import { type Evt, makeEvt } from "./evt.ts";

const nothing = (): void => {};

/**
 * An event that is always ready, with `value` as its result.
 * @see Racket `always-evt`
 */
export function always(): Evt<undefined>;
export function always<T>(value: T): Evt<T>;
export function always<T>(value?: T): Evt<T | undefined> {
  return makeEvt(
    () => ({ value }),
    () => nothing,
  );
}

/**
 * An event that is never ready.
 * @see Racket `never-evt`
 */
export const never: Evt<never> = makeEvt<never>(
  () => undefined,
  () => nothing,
);
