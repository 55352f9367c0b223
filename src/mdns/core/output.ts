import type { Name } from "../wire/name.ts";
import type { ResourceRecord } from "../wire/record.ts";
import type { Transmission } from "./datagram.ts";
import type { Instant } from "./timing.ts";

export type AskId = number;
export type ClaimId = number;

/**
 * What can become of a record that answers.
 * - `added`: a record that answers is now known
 * - `outdated`: a newer record replaces it (cache flush); it is dropped a second later unless it is heard again
 * - `renewed`: an outdated record was heard again and stays
 * - `removed`: expired, withdrawn or flushed
 */
export type AnswerChange = "added" | "outdated" | "renewed" | "removed";

/** What an asker is told; `absent` if the owner of the name says that there is no such record (NSEC). */
export type Answer =
  | {
      readonly change: AnswerChange;
      readonly record: ResourceRecord;
      /** When it was last heard; for a record of our own, when it became valid. */
      readonly received: Instant;
    }
  | { readonly change: "absent"; readonly type: number };

/**
 * How a claim is doing.
 * - `probing`: not ours yet, or in doubt again after a conflict
 * - `announced`: ours; the first announcement is out
 * - `lost`: someone else has the name; replace or withdraw the claim
 * - `unsettled`: no name could be had for a minute (RFC 6762 §9); trying goes on
 */
export type ClaimNews = "probing" | "announced" | "lost" | "unsettled";

/** Everything a core wants of the world; the driver takes these after each call. */
export type Output =
  | { readonly kind: "send"; readonly transmission: Transmission }
  | { readonly kind: "answer"; readonly ask: AskId; readonly answer: Answer }
  | { readonly kind: "claim"; readonly claim: ClaimId; readonly news: ClaimNews; readonly name: Name | undefined }
  | { readonly kind: "overflow"; readonly what: string; readonly limit: number }
  | { readonly kind: "trace"; readonly event: TraceEvent };

/** A decision worth telling whoever diagnoses: what was done or not done, about which name, and why. */
export interface TraceEvent {
  readonly what: string;
  readonly name?: Name;
  readonly why?: string;
}
