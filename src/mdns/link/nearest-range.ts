import { boundedMemo } from "./bounded-memo.ts";
import { contains, familyOf, type Subnet } from "./subnet.ts";

const MAX_PEERS = 1_024;

/** Of what has a range, that whose range holds a peer, else the first of the peer's family. */
export function nearestRange<T extends { readonly range: Subnet }>(all: readonly T[]): (peer: string) => T | undefined {
  return boundedMemo(MAX_PEERS, (peer) => {
    const family = familyOf(peer);
    const possible = all.filter(({ range }) => range.family === family);
    return possible.find(({ range }) => contains(range, peer)) ?? possible[0];
  });
}
