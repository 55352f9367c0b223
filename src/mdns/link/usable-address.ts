import { UdpSocket } from "../../udp/index.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import type { LinkAddress } from "./link.ts";

/** The address with its zone, as a socket takes it. */
export function addressText({ address, zone }: LinkAddress): string {
  return zone === undefined ? address : `${address}%${zone}`;
}

/**
 * Leaves out IPv6 addresses that the system does not let anyone use yet, as it is still looking for duplicates
 * (RFC 4862 §5.4): the list of interfaces does not tell. What was usable once is not tried again while it is there.
 */
export class UsableAddresses {
  #usable: ReadonlySet<string> = new Set();
  #pending = false;

  /** An address was left out the last time. */
  get pending(): boolean {
    return this.#pending;
  }

  async filter(interfaces: readonly InterfaceInfo[]): Promise<readonly InterfaceInfo[]> {
    const usable = new Set<string>();
    const pending = false;
    const result: InterfaceInfo[] = [];
    for (const info of interfaces) {
      const addresses: LinkAddress[] = [];
      for (const address of info.addresses) {
        const key = `${info.name} ${info.mac} ${info.index} ${address.address}`;
        if (address.family === "ipv6" && !info.internal && !this.#usable.has(key) && !(await canBind(address)))
          continue;
        usable.add(key);
        addresses.push(address);
      }
      if (addresses.length > 0) result.push({ ...info, addresses });
    }
    this.#usable = usable;
    this.#pending = pending;
    return result;
  }
}

async function canBind(address: LinkAddress): Promise<boolean> {
  const probe = new UdpSocket({ family: "ipv6", ipv6Only: true });
  try {
    await probe.bind(addressText(address), 0);
    return true;
  } catch {
    return false;
  } finally {
    probe.close();
  }
}
