import { BlockList } from "node:net";
import type { Peer } from "../../src/mdns/core/datagram.ts";
import type { LinkAddress } from "../../src/mdns/link/link.ts";

const subnets = new Map<string, BlockList>();

/** Whether a peer's address lies in the subnet of one of ours. */
export function inSubnet(peer: Peer, own: LinkAddress): boolean {
  if (peer.family !== own.family) return false;
  const key = `${own.address}/${own.prefixLength}`;
  let subnet = subnets.get(key);
  if (subnet === undefined) {
    subnet = new BlockList();
    subnet.addSubnet(own.address, own.prefixLength, own.family);
    subnets.set(key, subnet);
  }
  return subnet.check(peer.address, peer.family);
}
