import type { ResourceRecord } from "../wire/record.ts";

/**
 * How a record of ours is held.
 * - `unique`: nobody else may have it; probed before use, flush bit set (RFC 6762 §8.1, §10.2)
 * - `known-unique`: unique by nature or already verified, so not probed (RFC 6762 §8.1, last paragraphs); whoever says so
 *   vouches for it, so other data from another host is no conflict (RFC 6762 §9)
 * - `shared`: others may have records of the same name and type
 */
export type Ownership = "unique" | "known-unique" | "shared";

/** A record this host publishes; `record.ttl` is its true TTL in seconds, the flush bit is set from `ownership`. */
export interface OwnRecord {
  readonly record: ResourceRecord;
  readonly ownership: Ownership;
}
