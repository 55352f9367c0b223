import type { Name } from "../wire/name.ts";
import type { Claim } from "./claim.ts";
import type { ClaimId } from "./output.ts";
import type { Instant } from "./timing.ts";
import { UNUSED, type UpdateRate } from "./update-rate.ts";
import type { Owned } from "./zone.ts";

/** An announced record that others replaced at `since`: their announcement ends it where it is older than a second. */
interface Superseded {
  readonly owned: Owned;
  readonly since: Instant;
}

/** A claim with all it holds. */
export interface HeldClaim {
  readonly id: ClaimId;
  /** The name that is probed for; undefined when nothing is unique. */
  name: Name | undefined;
  /** None once the name is lost. */
  records: readonly Owned[];
  state: Claim;
  /** What the next announcements tell; undefined means everything. RFC 6762 §8.4 */
  changed: ReadonlySet<Owned> | undefined;
  updates: UpdateRate;
  /** The next announcement tells changed data. */
  updating: boolean;
  /** Records that the successors' announcements have not ended yet. RFC 6762 §10.2 */
  superseded: readonly Superseded[];
  /** Since when a name is being sought without success. RFC 6762 §9 */
  seeking: Instant | undefined;
}

export function emptyClaim(id: ClaimId, now: Instant): HeldClaim {
  return {
    id,
    name: undefined,
    records: [],
    state: { phase: "lost" },
    changed: undefined,
    updates: UNUSED,
    updating: false,
    superseded: [],
    seeking: now,
  };
}
