import { type Instant, TIMING } from "./timing.ts";

/**
 * One continuous question (RFC 6762 §5.2): asking at growing intervals, or satisfied by a unique answer, whose refresh
 * then takes over.
 */
export type QuestionSeries =
  | { readonly phase: "asking"; readonly sent: number; readonly interval: number; readonly due: Instant }
  | { readonly phase: "satisfied" };

/** One that is not satisfied. */
export type AskingSeries = Extract<QuestionSeries, { readonly phase: "asking" }>;

export const SATISFIED: QuestionSeries = { phase: "satisfied" };

export function startSeries(due: Instant): AskingSeries {
  return { phase: "asking", sent: 0, interval: TIMING.queryInterval, due };
}

/** The question was sent, by us or to the same effect by somebody else (RFC 6762 §7.3). */
export function countSent(series: QuestionSeries, now: Instant): QuestionSeries {
  if (series.phase === "satisfied") return series;
  const { sent, interval } = series;
  const next = sent === 0 ? interval : Math.min(interval * 2, TIMING.queryIntervalMax);
  return { phase: "asking", sent: sent + 1, interval: next, due: now + next };
}

/** How long before its time our question counts as asked when somebody else asks it. RFC 6762 §7.3 */
export function duplicateWindow(series: QuestionSeries): number {
  if (series.phase === "satisfied") return 0;
  return series.sent === 0 ? TIMING.queryDelayMax : Math.max(TIMING.queryInterval / 2, series.interval / 4);
}
