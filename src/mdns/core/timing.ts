/** A point in time in milliseconds on a clock that never jumps; only differences mean anything. */
export type Instant = number;

/** The earlier of two times, of which either may never come. */
export function earlier(a: Instant | undefined, b: Instant | undefined): Instant | undefined {
  return b === undefined || (a !== undefined && a < b) ? a : b;
}

/** Every interval that mDNS prescribes, in milliseconds; no such number may appear anywhere else. */
export const TIMING = {
  queryDelayMin: 20, //            RFC 6762 §5.2: before the first query of a series
  queryDelayMax: 120, //           RFC 6762 §5.2
  queryStep: 20, //                keeps hosts that have heard the same question out of step
  queryInterval: 1_000, //         RFC 6762 §5.2: first to second query
  queryIntervalMax: 3_600_000, //  RFC 6762 §5.2
  activationWindow: 2_000, //      RFC 6762 §5.4: "just after" an interface came up, first questions are QU
  unicastAcceptance: 2_000, //     RFC 6762 §6: how long a QU question justifies unicast responses
  sharedAnswerMin: 20, //          RFC 6762 §6
  sharedAnswerMax: 120, //         RFC 6762 §6
  truncatedWaitMin: 400, //        RFC 6762 §7.2
  truncatedWaitMax: 500, //        RFC 6762 §7.2
  multicastInterval: 1_000, //     RFC 6762 §6: one record, one interface
  probeDefenceInterval: 250, //    RFC 6762 §6: the same when defending against a probe
  defenceUnheardMin: 100, //       a probe repeated this long after a unicast defence shows that it was not heard,
  defenceUnheardMax: 1_000, //     up to this long after
  probeDelayMax: 250, //           RFC 6762 §8.1: random wait before the first probe
  probeInterval: 250, //           RFC 6762 §8.1
  tiebreakLostWait: 1_000, //      RFC 6762 §8.2
  conflictWindow: 10_000, //       RFC 6762 §8.1
  conflictPause: 5_000, //         RFC 6762 §8.1
  unsettledNotice: 60_000, //      RFC 6762 §9
  announceInterval: 1_020, //      RFC 6762 §8.3: at least one second; the margin keeps the §6 limit from eating it
  updateCredit: 10_000, //         RFC 6762 §8.4: with the credits below at most ten updates in any minute
  goodbyeGrace: 1_000, //          RFC 6762 §10.1
  flushAge: 1_000, //              RFC 6762 §10.2: only older entries are flushed
  flushGrace: 1_000, //            RFC 6762 §10.2
  reconfirmWindow: 10_000, //      RFC 6762 §10.4
  reconfirmRetry: 1_000, //        RFC 6762 §10.4
  failureWindow: 10_000, //        RFC 6762 §10.5: passive observation of failures
  failureSpacing: 500, //          RFC 6762 §10.5: questions closer together count as one
  formerRecord: 3_000, //          late copies of our own packets come round bridges and reflectors this long
  repliesWindow: 1_000, //         window of the cap on unicast replies
  newcomersWindow: 1_000, //       window of the cap on what a full cache takes in at once
} as const;

/** Counts that the RFC prescribes. */
export const COUNTS = {
  probes: 3, //                    RFC 6762 §8.1
  announcements: 2, //             RFC 6762 §8.3: two at least, eight at most
  conflicts: 14, //                RFC 6762 §8.1: the try that follows is the fifteenth in ten seconds
  updateCredits: 4, //             RFC 6762 §8.4: updates that may follow each other at will
} as const;

/** Points of a record's lifetime at which an interested host asks again. RFC 6762 §5.2 */
export const REFRESH_AT: readonly number[] = [0.8, 0.85, 0.9, 0.95];
export const REFRESH_STEP = 0.05;
export const REFRESH_JITTER = 0.02;

/** Lifetimes in seconds. RFC 6762 §10 and §6.7 */
export const TTL = {
  host: 120,
  other: 4_500,
  legacyMax: 10,
} as const;
