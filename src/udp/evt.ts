import { wrongArgument } from "./arguments.ts";

/** What polling an event took. */
export interface Taken<T> {
  /** The result, or a promise of it where a transformation takes time. */
  readonly value: T | PromiseLike<T>;
}

/**
 * Something {@link sync} can wait for and choose. A value, reusable: nothing happens until it is synchronized on, and
 * then only to the event that is chosen.
 * @see Racket synchronizable events
 */
export interface Evt<T> {
  /** Takes the result if it is there; taking it is the commit. Throws if what it stands for has failed. Never waits. */
  poll(): Taken<T> | undefined;
  /** Calls `wake` whenever a poll may succeed, until the function returned is called. */
  watch(wake: () => void): () => void;
  /** {@link wrap} as a method. */
  map<U>(transform: (value: T) => U | PromiseLike<U>): Evt<U>;
}

/**
 * Makes an event from its two halves, for events of your own.
 * @see Racket `prop:evt`
 */
export function makeEvt<T>(poll: Evt<T>["poll"], watch: Evt<T>["watch"]): Evt<T> {
  checkFunction("makeEvt", "poll", poll);
  checkFunction("makeEvt", "watch", watch);
  const evt: Evt<T> = { poll, watch, map: (transform) => wrap(evt, transform) };
  return Object.freeze(evt);
}

/**
 * The event whose result is `transform` of the result of `evt`; `transform` runs only if it is chosen.
 * @see Racket `wrap-evt`
 */
export function wrap<T, U>(evt: Evt<T>, transform: (value: T) => U | PromiseLike<U>): Evt<U> {
  checkEvt("wrap", evt);
  checkFunction("wrap", "transform", transform);
  const alternatives = alternativesOf(evt);
  if (alternatives !== undefined) return choiceOf(alternatives.map((alternative) => wrap(alternative, transform)));
  return makeEvt(
    () => {
      const taken = evt.poll();
      return taken && { value: mapped(taken.value, transform) };
    },
    (wake) => evt.watch(wake),
  );
}

export function checkEvt(operation: string, evt: unknown): asserts evt is Evt<unknown> {
  const candidate = evt as Partial<Evt<unknown>> | null | undefined;
  if (typeof candidate?.poll === "function" && typeof candidate.watch === "function") return;
  throw wrongArgument(operation, "every event", "an Evt", evt);
}

/** Watches an event that may be the caller's own, and so may do anything. */
export function watched(operation: string, evt: Evt<unknown>, wake: () => void): () => void {
  const unwatch = evt.watch(wake);
  checkFunction(operation, "what watch returns", unwatch);
  return unwatch;
}

function checkFunction(operation: string, name: string, value: unknown): void {
  if (typeof value !== "function") throw wrongArgument(operation, name, "a function", value);
}

function mapped<T, U>(value: T | PromiseLike<T>, transform: (value: T) => U | PromiseLike<U>): U | PromiseLike<U> {
  return isPromiseLike(value) ? value.then(transform) : transform(value);
}

function isPromiseLike<T>(value: T | PromiseLike<T>): value is PromiseLike<T> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}

const alternatives = new WeakMap<object, readonly Evt<unknown>[]>();

/** What a choice chooses from; `undefined` for any other event. */
function alternativesOf<T>(evt: Evt<T>): readonly Evt<T>[] | undefined {
  return alternatives.get(evt) as readonly Evt<T>[] | undefined;
}

/** An event that is ready when one of `evts` is; choices among them are opened, so that each event counts alike. */
export function choiceOf<T>(evts: readonly Evt<T>[]): Evt<T> {
  const flat = evts.flatMap((evt) => alternativesOf(evt) ?? [evt]);
  const evt = makeEvt<T>(
    () => pollAny(flat),
    (wake) => {
      const unwatch: (() => void)[] = [];
      const unwatchAll = (): void => {
        for (const stop of unwatch) stop();
      };
      try {
        for (const alternative of flat) unwatch.push(watched("choice", alternative, wake));
      } catch (error) {
        unwatchAll();
        throw error;
      }
      return unwatchAll;
    },
  );
  alternatives.set(evt, flat);
  return evt;
}

/** In random order, so that a busy event cannot starve the others. */
function pollAny<T>(evts: readonly Evt<T>[]): Taken<T> | undefined {
  const rest = evts.slice();
  for (let left = rest.length; left > 0; left--) {
    const at = Math.floor(Math.random() * left);
    const taken = rest[at]?.poll();
    if (taken !== undefined) return taken;
    rest[at] = rest[left - 1] as Evt<T>;
  }
  return undefined;
}
