import type { Link } from "../link/link.ts";
import type { Network } from "../link/network.ts";

/**
 * Does something on every link, those to come included.
 * @param begin - returns what ends it: called when the link is gone, or when all of it ends
 * @returns what ends it on all links
 */
export function followLinks(network: Network, begin: (link: Link) => () => void): () => void {
  const ends = new Map<Link, () => void>();
  const unwatch = network.watch({
    linkUp: (link) => void ends.set(link, begin(link)),
    addressesChanged: () => {},
    linkDown: (link) => {
      ends.get(link)?.();
      ends.delete(link);
    },
  });
  return () => {
    unwatch();
    for (const end of ends.values()) end();
    ends.clear();
  };
}
