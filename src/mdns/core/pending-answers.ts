import type { Instant } from "./timing.ts";

/** When an answer may, should and must go out. */
export interface Window {
  readonly earliest: Instant;
  readonly due: Instant;
  readonly latest: Instant;
}

/** Answers that wait to be sent together; `T` is compared by identity. RFC 6762 §6, §6.4 */
export type PendingAnswers<T> = Map<T, Window>;

/**
 * Adds answers to one query. An answer that waits already keeps the earlier time. Where an earlier answer's window
 * allows it, it waits for the new ones, so that one packet takes all.
 */
export function addPending<T>(pending: PendingAnswers<T>, answers: Iterable<readonly [T, Window]>): void {
  let wait: Instant | undefined;
  for (const [answer, window] of answers) {
    const known = pending.get(answer);
    pending.set(answer, known === undefined ? window : sooner(known, window));
    if (wait === undefined || window.earliest > wait) wait = window.earliest;
  }
  if (wait === undefined) return;
  for (const [answer, window] of pending) {
    if (window.due < wait && window.latest >= wait) pending.set(answer, { ...window, due: wait });
  }
}

/** When the next packet is due. */
export function pendingDue<T>(pending: PendingAnswers<T>): Instant | undefined {
  let next: Instant | undefined;
  for (const { due } of pending.values()) if (next === undefined || due < next) next = due;
  return next;
}

/** Takes out all that may go now, if anything is due. */
export function takePending<T>(pending: PendingAnswers<T>, now: Instant): T[] {
  const next = pendingDue(pending);
  if (next === undefined || next > now) return [];
  const taken: T[] = [];
  for (const [answer, window] of pending) {
    if (window.earliest > now) continue;
    taken.push(answer);
    pending.delete(answer);
  }
  return taken;
}

function sooner(a: Window, b: Window): Window {
  return {
    earliest: Math.min(a.earliest, b.earliest),
    due: Math.min(a.due, b.due),
    latest: Math.min(a.latest, b.latest),
  };
}
