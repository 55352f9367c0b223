import { getHeapStatistics } from "node:v8";
import { LIMITS } from "../core/limits.ts";

// With more alive, V8 marks it over and over for want of room, and that takes longer than reading what comes.
const HEAP_PER_RECORD = 32_768; // bytes

/**
 * How many records the cache of a link may hold.
 * @param heapLimit - bytes that this process may allocate
 */
export function cacheSize(heapLimit: number = getHeapStatistics().heap_size_limit): number {
  return Math.min(LIMITS.cacheRecords, Math.floor(heapLimit / HEAP_PER_RECORD));
}
