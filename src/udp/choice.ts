import { checkEvt, choiceOf, type Evt } from "./evt.ts";

/** The result type of an event. */
export type ResultOf<E> = E extends Evt<infer T> ? T : never;

/**
 * An event that is ready when any of `evts` is; among several ready ones the choice is random and even, also through
 * nested choices. Without arguments it is never ready.
 * @see Racket `choice-evt`
 */
export function choice<const E extends readonly Evt<unknown>[]>(...evts: E): Evt<ResultOf<E[number]>> {
  for (const evt of evts) checkEvt("choice", evt);
  return choiceOf(evts) as Evt<ResultOf<E[number]>>;
}
