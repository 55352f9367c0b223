import type { Clock } from "../link/clock.ts";

const STANDSTILL = 500; // ms late, and it was no busy moment

/**
 * Runs `expired` when so many milliseconds have passed. If the process stood still when they had, as in a long
 * computation, what came meanwhile is unread and what should have gone out was not sent: the wait starts over, once.
 * @returns what cancels it
 */
export function awakeWait(clock: Clock, timeout: number, expired: () => void): () => void {
  const due = clock.now() + timeout;
  let cancel = clock.at(due, () => {
    if (clock.now() - due < STANDSTILL) expired();
    else cancel = clock.at(clock.now() + timeout, expired);
  });
  return () => cancel();
}
