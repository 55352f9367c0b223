import { UdpSocket } from "../../udp/index.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import type { LinkAddress } from "./link-address.ts";

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
    const result: InterfaceInfo[] = [];
    this.#pending = false;
    for (const info of interfaces) {
      const addresses: LinkAddress[] = [];
      for (const address of info.addresses) {
        const key = `${info.name} ${info.mac} ${info.index} ${address.address}`;
        if (await this.#isUsable(info, address, key)) {
          usable.add(key);
          addresses.push(address);
        } else {
          this.#pending = true;
        }
      }
      if (addresses.length > 0) result.push({ ...info, addresses });
    }
    this.#usable = usable;
    return result;
  }

  async #isUsable({ internal }: InterfaceInfo, address: LinkAddress, key: string): Promise<boolean> {
    return address.family === "ipv4" || internal || this.#usable.has(key) || (await canBind(address));
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
