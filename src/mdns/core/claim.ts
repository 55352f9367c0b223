import { COUNTS, type Instant, TIMING } from "./timing.ts";

/** Where a set of records stands between being wanted and being ours; `due` is when time alone moves it on. */
export type Claim =
  | { readonly phase: "probing"; readonly sent: number; readonly due: Instant }
  | { readonly phase: "deferred"; readonly due: Instant }
  | { readonly phase: "announcing"; readonly sent: number; readonly due: Instant }
  | { readonly phase: "established" }
  | { readonly phase: "lost" };

export type Phase = Claim["phase"];

/**
 * What can happen to a claim.
 * - `probed`, `unopposed`: a probe was sent; the wait after the last one is over (RFC 6762 §8.1)
 * - `outranked`, `waited`: a simultaneous probe has the later data; the second after that is over (RFC 6762 §8.2)
 * - `denied`: somebody answered that the name is theirs (RFC 6762 §8.1)
 * - `announced`, `settled`: an announcement was sent; it was the last one (RFC 6762 §8.3)
 * - `changed`: our data changed (RFC 6762 §8.4)
 * - `contradicted`: somebody else answers for our name with other data (RFC 6762 §9)
 * - `reconnected`: the network may be another one (RFC 6762 §8)
 */
export type ClaimEvent =
  | "probed"
  | "unopposed"
  | "outranked"
  | "waited"
  | "denied"
  | "announced"
  | "settled"
  | "changed"
  | "contradicted"
  | "reconnected";

/** Every legal transition; an event that a phase does not list leaves the claim as it is. */
export const TRANSITIONS: Readonly<Record<Phase, Partial<Readonly<Record<ClaimEvent, Phase>>>>> = {
  probing: {
    probed: "probing",
    unopposed: "announcing",
    outranked: "deferred",
    denied: "lost",
    reconnected: "probing",
  },
  deferred: { waited: "probing", denied: "lost" },
  announcing: {
    announced: "announcing",
    settled: "established",
    changed: "announcing",
    contradicted: "probing",
    reconnected: "probing",
  },
  established: { changed: "announcing", contradicted: "probing", reconnected: "probing" },
  lost: {},
};

/** A fresh claim: its first probe goes out at `due`. */
export function probeFrom(due: Instant): Claim {
  return { phase: "probing", sent: 0, due };
}

/** A claim that needs no probing. */
export function announceFrom(due: Instant): Claim {
  return { phase: "announcing", sent: 0, due };
}

/**
 * Moves a claim on. `due` is when the phase that is entered anew may start (a probe's start, an announcement); events
 * that only count on ignore it.
 */
export function step(claim: Claim, event: ClaimEvent, now: Instant, due: Instant = now): Claim {
  const phase = TRANSITIONS[claim.phase][event];
  if (phase === undefined) return claim;
  switch (phase) {
    case "probing":
      return event === "probed" ? { phase, sent: sentOf(claim) + 1, due: now + TIMING.probeInterval } : probeFrom(due);
    case "announcing":
      return event === "announced"
        ? { phase, sent: sentOf(claim) + 1, due: now + TIMING.announceInterval * 2 ** sentOf(claim) }
        : announceFrom(due);
    case "deferred":
      return { phase, due: now + TIMING.tiebreakLostWait };
    case "established":
    case "lost":
      return { phase };
  }
}

/** What a claim whose `due` has come wants done. */
export function dueAction(claim: Claim): "probe" | "announce" | "win" | "resume" | undefined {
  switch (claim.phase) {
    case "probing":
      return claim.sent < COUNTS.probes ? "probe" : "win";
    case "deferred":
      return "resume";
    case "announcing":
      return "announce";
    case "established":
    case "lost":
      return undefined;
  }
}

/** Whether records of the claim may be given in answers. RFC 6762 §8.1 */
export function isOurs(claim: Claim): boolean {
  return claim.phase === "announcing" || claim.phase === "established";
}

/** Whether a response for the name now means that it is taken; before the first probe it does not (RFC 6762 §8.1). */
export function canBeDenied(claim: Claim): boolean {
  return claim.phase === "deferred" || (claim.phase === "probing" && claim.sent > 0);
}

function sentOf(claim: Claim): number {
  return claim.phase === "probing" || claim.phase === "announcing" ? claim.sent : 0;
}
