import type { Link } from "../link/link.ts";
import type { Network } from "../link/network.ts";
import { followLinks } from "./follow-links.ts";

/** What is watched on each link, as links come and go. */
export class LinkWatches<W extends { stop(): void }> {
  readonly #watches = new Set<W>();
  readonly #unfollow: () => void;

  /** @param begin - returns undefined for a link that does not matter */
  constructor(network: Network, begin: (link: Link) => W | undefined) {
    this.#unfollow = followLinks(network, (link) => {
      const watch = begin(link);
      if (watch === undefined) return () => {};
      this.#watches.add(watch);
      return () => {
        watch.stop();
        this.#watches.delete(watch);
      };
    });
  }

  /** Those on the links that there are. */
  get all(): readonly W[] {
    return [...this.#watches];
  }

  stop(): void {
    this.#unfollow();
  }
}
