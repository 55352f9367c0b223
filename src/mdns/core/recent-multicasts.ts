import type { Family } from "./datagram.ts";
import { LIMITS } from "./limits.ts";
import { setLatest } from "./set-latest.ts";
import type { Instant } from "./timing.ts";

/** When something was last multicast, by family: the limits of RFC 6762 §6 and §5.4 count from it. */
export type LastMulticast = Partial<Record<Family, Instant>>;

/** When records that we gave up were last multicast: taken up again they are as recent as before. RFC 6762 §6 */
export class RecentMulticasts {
  readonly #times = new Map<string, LastMulticast>();

  remember(key: string, times: LastMulticast): void {
    if (times.ipv4 === undefined && times.ipv6 === undefined) return;
    setLatest(this.#times, key, times, LIMITS.formerRecords);
  }

  take(key: string): LastMulticast {
    const times = this.#times.get(key) ?? {};
    this.#times.delete(key);
    return times;
  }
}
