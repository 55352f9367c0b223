import { readFileSync } from "node:fs";

// What any other host of the link can receive, whatever this one could send. RFC 6762 §17
const ETHERNET_MTU = 1_500;

/** The largest IP packet to send on an interface, in bytes; Node does not tell, Linux does. */
export function interfaceMtu(name: string): number {
  try {
    const mtu = Number(readFileSync(`/sys/class/net/${name}/mtu`, "latin1"));
    return mtu > 0 ? Math.min(mtu, ETHERNET_MTU) : ETHERNET_MTU;
  } catch {
    return ETHERNET_MTU;
  }
}
