import type { ClaimNews } from "../../../src/mdns/core/output.ts";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import type { Link, Registered } from "../../../src/mdns/link/link.ts";
import type { SimHost } from "../sim-host.ts";

export interface SimClaimOptions {
  readonly label: string;
  /** The label to try after this one was lost. */
  readonly rename: (label: string) => string;
  readonly records: (label: string, link: Link) => readonly OwnRecord[];
}

/** A name claimed through `Link.register` on every link of a host: one label on all, a loss on one renames it on all. */
export class SimClaim {
  readonly host: SimHost;
  readonly renames: { readonly time: number; readonly from: string; readonly to: string }[] = [];
  /** News in the order in which they came. */
  readonly news: string[] = [];
  /** Called after each rename. */
  onRename: () => void = () => {};
  readonly #options: SimClaimOptions;
  readonly #links = new Map<Link, { readonly registered: Registered; state: ClaimNews | undefined }>();
  readonly #unwatch: () => void;
  #label: string;

  constructor(host: SimHost, options: SimClaimOptions) {
    this.host = host;
    this.#options = options;
    this.#label = options.label;
    this.#unwatch = host.watch({
      linkUp: (link) => this.#register(link),
      addressesChanged: (link) => this.#links.get(link)?.registered.update(this.#records(link)),
      linkDown: (link) => void this.#links.delete(link),
    });
    host.claimNames(1);
  }

  get label(): string {
    return this.#label;
  }

  /** Announced on every link, and there is one. */
  get settled(): boolean {
    const states = [...this.#links.values()];
    return !this.host.gone && states.length > 0 && states.every(({ state }) => state === "announced");
  }

  /** The records have changed, the name has not. */
  update(): void {
    for (const [link, { registered }] of this.#links) registered.update(this.#records(link));
  }

  withdraw(): void {
    this.#unwatch();
    this.host.claimNames(-1);
    for (const { registered } of this.#links.values()) registered.withdraw();
    this.#links.clear();
  }

  #records(link: Link): readonly OwnRecord[] {
    return this.#options.records(this.#label, link);
  }

  #register(link: Link): void {
    const registered = link.register(this.#records(link), (news) => this.#onNews(link, news));
    this.#links.set(link, { registered, state: undefined });
  }

  #onNews(link: Link, news: ClaimNews): void {
    this.news.push(`${this.host.clock.now()} ${news}`);
    const state = this.#links.get(link);
    if (state !== undefined) state.state = news;
    if (news !== "lost") return;
    const from = this.#label;
    this.#label = this.#options.rename(from);
    this.renames.push({ time: this.host.clock.now(), from, to: this.#label });
    for (const [each, held] of this.#links) {
      held.state = undefined;
      held.registered.replace(this.#records(each));
    }
    this.onRename();
  }
}
