import type { Mdns, Publication } from "../mdns/index.ts";
import { errorCode } from "./error-code.ts";

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
      if (hadLink || errorCode(error) !== "ERR_MDNS_NOT_ANNOUNCED") throw error;
    }
  }
}
