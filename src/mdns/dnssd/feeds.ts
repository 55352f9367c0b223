import { ChangeFeed, type ChangeKind } from "./change-feed.ts";
import type { MdnsError } from "./mdns-error.ts";
import type { Session } from "./session.ts";

export interface FeedsOptions<T, C> {
  readonly session: Session;
  readonly signal: AbortSignal | undefined;
  readonly shape: (kind: ChangeKind, item: T) => C;
  /** Stops whatever produces changes. */
  readonly stop: () => void;
  /** The end came from outside, and was no close. */
  readonly failed: (reason: MdnsError) => void;
}

/** The readers of one browser, and what ends it: its user, its signal, or the session. */
export class Feeds<T, C> {
  readonly #options: FeedsOptions<T, C>;
  readonly #feeds = new Set<ChangeFeed<T, C>>();
  readonly #leave: () => void;
  readonly #abort: () => void;
  #failure: { readonly reason: unknown } | undefined;
  #closed = false;

  /** @throws {@link MdnsError} when the session is over, or the reason of a signal that is aborted already */
  constructor(options: FeedsOptions<T, C>) {
    options.signal?.throwIfAborted();
    this.#options = options;
    this.#leave = options.session.openings.add((reason) => this.#over(reason));
    this.#abort = () => this.close({ reason: options.signal?.reason });
    options.signal?.addEventListener("abort", this.#abort, { once: true });
  }

  get closed(): boolean {
    return this.#closed;
  }

  push(key: string, kind: ChangeKind, item: T): void {
    for (const feed of this.#feeds) feed.push(key, kind, item);
  }

  /** A reader that learns first what is there already. */
  read(present: Iterable<readonly [key: string, item: T]>): ChangeFeed<T, C> {
    const feed = new ChangeFeed<T, C>(this.#options.shape, () => this.close());
    if (this.#closed) {
      feed.end(this.#failure);
      return feed;
    }
    for (const [key, item] of present) feed.push(key, "up", item);
    this.#feeds.add(feed);
    return feed;
  }

  close(failure?: { readonly reason: unknown }): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#failure = failure;
    this.#leave();
    this.#options.signal?.removeEventListener("abort", this.#abort);
    this.#options.stop();
    for (const feed of this.#feeds) feed.end(failure);
    this.#feeds.clear();
  }

  #over(reason: MdnsError): void {
    if (reason.code === "ERR_MDNS_CLOSED") {
      this.close();
      return;
    }
    this.close({ reason });
    this.#options.failed(reason);
  }
}
