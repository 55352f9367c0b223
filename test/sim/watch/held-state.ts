import { LIMITS } from "../../../src/mdns/core/limits.ts";
import type { SimLan } from "../sim-lan.ts";

/** Whatever arrives, no host holds more than its caps allow. C-22, S-11 */
export function watchHeldState(lan: SimLan): void {
  lan.onHeard((at) => {
    const counters = at.link?.core.counters;
    if (counters === undefined) return;
    const { cache, responder } = counters;
    if (cache.records > LIMITS.cacheRecords) lan.violate(`${at.label} caches ${cache.records} records (C-22)`);
    if (responder.truncatedQueries > LIMITS.truncatedSources) {
      lan.violate(`${at.label} collects ${responder.truncatedQueries} truncated queries (S-11)`);
    }
  });
}
