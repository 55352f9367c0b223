import { networkInterfaces } from "node:os";
import { performance } from "node:perf_hooks";

const FRESH_MS = 1_000;

let snapshot: ReturnType<typeof networkInterfaces> = {};
let takenAt = Number.NEGATIVE_INFINITY;

function current(): typeof snapshot {
  const now = performance.now();
  if (now - takenAt >= FRESH_MS) {
    snapshot = networkInterfaces();
    takenAt = now;
  }
  return snapshot;
}

/** Looks once in the recent list, and once more in a new one: an interface may just have come up. */
function find(matches: (name: string) => boolean): string | undefined {
  const known = Object.keys(current()).find(matches);
  if (known !== undefined) return known;
  takenAt = Number.NEGATIVE_INFINITY;
  return Object.keys(current()).find(matches);
}

/** The interface that `zone` names: by name, or by index where the list tells one. */
export function interfaceByZone(zone: string): string | undefined {
  const index = /^\d+$/.test(zone) ? Number(zone) : undefined;
  return find((name) => name === zone || (index !== undefined && indexOf(name) === index));
}

/** The interface that has `address`. */
export function interfaceByAddress(address: string): string | undefined {
  return find((name) => snapshot[name]?.some((entry) => entry.address === address) ?? false);
}

function indexOf(name: string): number | undefined {
  for (const entry of snapshot[name] ?? []) {
    if (entry.family === "IPv6" && entry.scopeid > 0) return entry.scopeid;
  }
  return undefined;
}

/** The form of a zone that the system reads: an index on Windows, a name elsewhere. */
export function zoneText(name: string): string {
  return process.platform === "win32" ? String(indexOf(name) ?? 0) : name;
}
