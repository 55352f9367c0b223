import type { Name } from "../wire/name.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { TYPE } from "../wire/record-type.ts";
import type { Family } from "./datagram.ts";
import { NOWHERE, type Timed } from "./deadline-heap.ts";
import type { Entries } from "./entries.ts";
import type { Share } from "./fair-share.ts";
import { type Instant, REFRESH_AT, REFRESH_JITTER } from "./timing.ts";

/**
 * How far a cached record can be relied on.
 * - `outdated`: a newer record set replaced it (RFC 6762 §10.2)
 * - `goodbye`: its owner withdrew it (RFC 6762 §10.1)
 * - `doubtful`: it did not work or was not heard when it should have been (RFC 6762 §10.3 to §10.5)
 */
type Standing = "live" | "outdated" | "goodbye" | "doubtful";

/** One cached record; what is heard is due when it expires or is to be asked for again. */
export interface Entry extends Timed {
  record: ResourceRecord;
  readonly set: RecordSet;
  /** Of whom it was heard; undefined for a record of our own, which neither ages nor counts against the cap. */
  source: Share<Entry> | undefined;
  /** The families by which it was heard; undefined for a record that no other host was heard with. */
  heardOn: Family | "both" | undefined;
  received: Instant;
  expires: Instant | undefined;
  standing: Standing;
  /** How many of its refresh points are behind. */
  refreshed: number;
  /** The shares of its lifetime at which it is asked for again. */
  refreshAt: readonly number[];
  /** Extra questions still to ask before `expires`, for a record under reconfirmation. */
  recheck: readonly Instant[];
  /** Somebody said that it does not work, and it was not heard since. RFC 6762 §10.4 */
  reconfirming: boolean;
  /** When somebody's question for it first went unanswered. */
  missed: { readonly first: Instant; readonly last: Instant } | undefined;
}

/** The records of one name, type and class. */
export interface RecordSet {
  readonly name: Name;
  readonly type: number;
  readonly class: number;
  readonly entries: Entries<Entry>;
  /** Somebody here asks for them. */
  wanted: boolean;
  /** None that could be flushed was heard before; undefined as long as it does not matter. */
  oldest: Instant | undefined;
  /** When others' questions for it were last held against its records. RFC 6762 §10.5 */
  observed: Partial<Record<Family, Instant>> | undefined;
  /** Another set of the name. */
  next: RecordSet | undefined;
}

/** A record of our own; what is heard gets a source and a lifetime. */
export function newEntry(set: RecordSet, record: ResourceRecord, now: Instant): Entry {
  return {
    record,
    set,
    source: undefined,
    heardOn: undefined,
    received: now,
    expires: undefined,
    standing: "live",
    refreshed: 0,
    refreshAt: REFRESH_AT,
    recheck: NONE,
    reconfirming: false,
    missed: undefined,
    due: now,
    place: NOWHERE,
  };
}

/** The record is good for its whole lifetime from now on. */
export function renew(entry: Entry, record: ResourceRecord, now: Instant, refreshAt: readonly number[]): void {
  entry.record = record;
  entry.received = now;
  entry.expires = now + record.ttl * 1_000;
  entry.standing = "live";
  entry.refreshAt = refreshAt;
  entry.refreshed = 0;
  entry.recheck = NONE;
  entry.reconfirming = false;
  entry.missed = undefined;
}

const NONE: readonly Instant[] = [];

/**
 * When an interested host asks for the record again, or undefined when no such point is left. RFC 6762 §5.2
 * @param after - points up to then at which it should have been asked for are not made up for
 */
export function nextRefresh(entry: Entry, after: Instant): Instant | undefined {
  if (entry.recheck.length > 0) {
    entry.recheck = entry.recheck.filter((when) => when > after);
    return entry.recheck[0];
  }
  if (entry.standing !== "live") return undefined;
  const lifetime = entry.record.ttl * 1_000;
  for (; entry.refreshed < entry.refreshAt.length; entry.refreshed++) {
    const when = entry.received + lifetime * (entry.refreshAt[entry.refreshed] as number);
    if (when > after) return when;
  }
  return undefined;
}

/**
 * The shares of a lifetime at which the records of one packet are asked for again, so that they are asked for together.
 * @param jitter - from 0 to 1; each point gets another offset from it
 */
export function refreshPoints(jitter: number): readonly number[] {
  return REFRESH_AT.map((share, index) => share + ((jitter + index * SPREAD) % 1) * REFRESH_JITTER);
}

const SPREAD = 0.618;

/**
 * Whether the record is listed as a known answer. RFC 6762 §7.1. Unique ones are not, as they are asked for when they
 * are not known or to be refreshed. Our own are, denials apart: as we do not answer ourselves on the wire, others would
 * take them for dead (RFC 6762 §10.5).
 */
export function isKnownAnswer(entry: Entry, now: Instant): boolean {
  const { record, set, source } = entry;
  if (record.flush && (source !== undefined || set.type === TYPE.NSEC) && set.type !== TYPE.PTR) return false;
  return entry.standing === "live" && remainingSeconds(entry, now) * 2 >= entry.record.ttl;
}

/** Whether a shared answer is past half its life: listed no more, it is given anew by its owner when asked for. RFC 6762 §7.1 */
export function isAgeing(entry: Entry, now: Instant): boolean {
  const { record, expires, standing } = entry;
  return !record.flush && expires !== undefined && standing === "live" && !isKnownAnswer(entry, now);
}

/** Whole seconds of life left; never more than the record came with. */
export function remainingSeconds(entry: Entry, now: Instant): number {
  if (entry.expires === undefined) return entry.record.ttl;
  return Math.max(0, Math.floor((entry.expires - now) / 1_000));
}
