import type { Mdns, Publication } from "../mdns/index.ts";

/**
 * Publishes; while there is no link to announce anything on, again and again, as a command may start before the network.
 * @returns when it is announced
 */
export async function publishOnceUp(mdns: Mdns, publish: () => Promise<Publication>): Promise<Publication> {
  for (;;) {
    const hadLink = mdns.counters.links.length > 0;
    try {
      return await publish();
    } catch (error) {
      if (hadLink || !isNotAnnounced(error)) throw error;
    }
  }
}

function isNotAnnounced(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ERR_MDNS_NOT_ANNOUNCED";
}
