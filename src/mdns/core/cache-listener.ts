import type { Entry, RecordSet } from "./cache-entry.ts";
import type { AnswerChange } from "./output.ts";
import type { Instant } from "./timing.ts";

/** What the cache reports to the questions that are being asked. */
export interface CacheListener {
  /** Whether somebody asks for records of this set. */
  wants(set: Pick<RecordSet, "name" | "type" | "class">): boolean;
  changed(change: AnswerChange, entry: Entry, now: Instant): void;
  /** A record that was in doubt or withdrawn was heard again. */
  confirmed(entry: Entry, now: Instant): void;
  /** The record should be asked for again now. */
  refresh(entry: Entry, now: Instant): void;
  /** For the first time a record could not be kept, or only in the place of another. */
  full(): void;
}
