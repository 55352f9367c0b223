import { UdpSocket } from "../../udp/index.ts";
import { type Family, MDNS_PORT } from "../core/datagram.ts";
import { isPortHeld } from "./refused-at-open.ts";

/**
 * Whether another program has port 5353 already, so that unicast to it may never reach us: only the first
 * of all can bind it without sharing. RFC 6762 §15.1
 */
export async function isPortTaken(family: Family): Promise<boolean> {
  const probe = new UdpSocket(family === "ipv6" ? { family, ipv6Only: true } : { family });
  try {
    await probe.bind(null, MDNS_PORT);
    return false;
  } catch (error) {
    return isPortHeld(error); // any other refusal means that this family is not there at all
  } finally {
    probe.close();
  }
}
