import type { CoreContext } from "./context.ts";

/** Sends a packet to the group on every family. */
export function multicast(bytes: Uint8Array, { families, send }: CoreContext): void {
  for (const family of families) send({ bytes, to: { group: family } });
}
