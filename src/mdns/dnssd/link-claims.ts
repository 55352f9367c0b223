import type { ClaimNews } from "../core/output.ts";
import type { OwnRecord } from "../core/own-record.ts";
import type { Link, Registered } from "../link/link.ts";
import type { Network } from "../link/network.ts";
import { Tick } from "./tick.ts";

/** Whose records are claimed. */
export interface Claimant {
  /** What to claim on this link now; nothing if it is empty. */
  records(link: Link): readonly OwnRecord[];
  /** The name was lost on some link: choose another and call {@link LinkClaims.replace}. */
  lost(): void;
  /** The first announcement is out on one more link. */
  announced(): void;
  /** No name could be had for a minute. RFC 6762 §9 */
  unsettled(): void;
  /** The records cannot be published. */
  failed(error: unknown): void;
}

interface LinkClaim {
  registered: Registered | undefined;
  /** undefined until the first attempt has begun. */
  news: ClaimNews | undefined;
}

/** One claim on every link of the host, under one name everywhere. */
export class LinkClaims {
  readonly #network: Network;
  readonly #claimant: Claimant;
  readonly #claims = new Map<Link, LinkClaim>();
  readonly #losing: Tick;
  #contests = 0;
  #unwatch: (() => void) | undefined;

  constructor(network: Network, claimant: Claimant) {
    this.#network = network;
    this.#claimant = claimant;
    this.#losing = new Tick(() => claimant.lost());
  }

  /** Claims on the links there are before this returns, and on those to come. */
  start(): void {
    this.#unwatch = this.#network.watch({
      linkUp: (link) => this.#claim(link),
      addressesChanged: (link) => this.#update(link),
      linkDown: (link) => void this.#claims.delete(link),
    });
  }

  /** On how many links the claim is made, and on how many of these it has been announced. */
  get progress(): { readonly links: number; readonly announced: number } {
    let links = 0;
    let announced = 0;
    for (const { registered, news } of this.#claims.values()) {
      if (registered !== undefined) links++;
      if (registered !== undefined && news === "announced") announced++;
    }
    return { links, announced };
  }

  /** How often it had to begin anew, on any link, as when a tie-break or the name is lost. RFC 6762 §8.2, §9 */
  get contests(): number {
    return this.#contests;
  }

  /** The records changed, their names did not. RFC 6762 §8.4 */
  update(): void {
    for (const link of this.#claims.keys()) this.#update(link);
  }

  /** The name changed. */
  replace(): void {
    this.#losing.cancel();
    for (const [link, claim] of this.#claims) {
      if (claim.registered === undefined) this.#claim(link);
      else this.#attempt(() => claim.registered?.replace(this.#claimant.records(link)));
    }
  }

  /** Goodbye on all links. */
  withdraw(): void {
    for (const { registered } of this.#claims.values()) registered?.withdraw();
    this.abandon();
  }

  /** The network closes and says goodbye for all at once. */
  abandon(): void {
    this.#unwatch?.();
    this.#losing.cancel();
    this.#claims.clear();
  }

  #claim(link: Link): void {
    const claim: LinkClaim = { registered: undefined, news: undefined };
    this.#claims.set(link, claim);
    this.#attempt(() => {
      const records = this.#claimant.records(link);
      if (records.length === 0) return;
      claim.registered = link.register(records, (news) => this.#heard(link, claim, news));
    });
  }

  #update(link: Link): void {
    const claim = this.#claims.get(link);
    if (claim?.registered === undefined) {
      this.#claim(link);
      return;
    }
    const { registered } = claim;
    this.#attempt(() => {
      const records = this.#claimant.records(link);
      if (records.length > 0) {
        registered.update(records);
        return;
      }
      registered.withdraw();
      claim.registered = undefined;
    });
  }

  #heard(link: Link, claim: LinkClaim, news: ClaimNews): void {
    if (this.#claims.get(link) !== claim) return;
    switch (news) {
      case "probing":
        if (claim.news !== undefined) this.#contests++;
        claim.news = news;
        return;
      case "announced":
        claim.news = news;
        this.#claimant.announced();
        return;
      case "lost":
        claim.news = news;
        this.#losing.request();
        return;
      case "unsettled":
        this.#claimant.unsettled();
        return;
    }
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#claimant.failed(error);
    }
  }
}
