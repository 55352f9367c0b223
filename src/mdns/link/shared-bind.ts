import { setTimeout as delay } from "node:timers/promises";
import type { UdpSocket } from "../../udp/index.ts";
import { MDNS_PORT } from "../core/datagram.ts";
import { isPortHeld } from "./refused-at-open.ts";

const ATTEMPTS = 12;
const PAUSE = 50; // ms

/**
 * Binds to port 5353 in company. Another program that starts at the same time may hold the port alone for a moment, to see
 * whether it is the only one (RFC 6762 §15.1), as we do ourselves: only who goes on holding it does not share it.
 */
export async function bindShared(udp: UdpSocket, host: string | null): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await udp.bind(host, MDNS_PORT, { reuse: true });
      return;
    } catch (error) {
      if (!isPortHeld(error) || attempt === ATTEMPTS) throw error;
      await delay(PAUSE);
    }
  }
}
