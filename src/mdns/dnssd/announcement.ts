import { awakeWait } from "./awake-wait.ts";
import { PATIENCE } from "./limits.ts";
import type { LinkClaims } from "./link-claims.ts";
import { MdnsError } from "./mdns-error.ts";
import { pending, type Settle } from "./pending.ts";
import type { Session } from "./session.ts";
import { Tick } from "./tick.ts";

/** How far what is published has got: it needs every one of its claims. */
export class Announcement {
  readonly #session: Session;
  readonly #claims: () => readonly LinkClaims[];
  readonly #review: Tick;
  readonly #waiting = new Set<Settle<void>>();

  /** @param reached - called after each step at which it is announced somewhere */
  constructor(session: Session, claims: () => readonly LinkClaims[], reached: () => void) {
    this.#session = session;
    this.#claims = claims;
    this.#review = new Tick(() => {
      if (!this.somewhere) return;
      reached();
      if (this.everywhere) for (const { resolve } of [...this.#waiting]) resolve();
    });
  }

  get somewhere(): boolean {
    return this.#claims().every(({ progress }) => progress.announced > 0);
  }

  get everywhere(): boolean {
    return this.#claims().every(({ progress: { links, announced } }) => links > 0 && announced === links);
  }

  /** One of the claims has been announced on one more link. */
  advanced(): void {
    this.#review.request();
  }

  /** It never will be: whoever waits is told. */
  fail(why: string): void {
    const error = this.#failure(why);
    for (const { reject } of [...this.#waiting]) reject(error);
  }

  cancel(): void {
    this.#review.cancel();
  }

  /**
   * Waits until it is announced on the links there are; when the time is up, on any. While others contest its names, or
   * conflicts of this host hold its probes back (RFC 6762 §8.1), the search goes on and so does the wait, up to the minute
   * after which §9 has it reported.
   * @throws {@link MdnsError} `ERR_MDNS_NOT_ANNOUNCED`
   */
  wait(what: string, signal?: AbortSignal): Promise<void> {
    const { clock, host } = this.#session.network;
    const start = clock.now();
    const conclude = ({ resolve, reject }: Settle<void>): void =>
      this.somewhere ? resolve() : reject(this.#late(what, clock.now() - start));
    return pending<void>(this.#session, { timeout: PATIENCE.contestedAnnouncement, signal }, conclude, (settle) => {
      this.#waiting.add(settle);
      if (this.somewhere) this.advanced();
      const before = this.#contests;
      const review = (): void => {
        const isHeldUp = this.#contests > before || clock.now() - host.conflicts.lastGranted < PATIENCE.announcement;
        if (!this.somewhere && this.#isOnLinks && isHeldUp) cancel = awakeWait(clock, PATIENCE.announcement, review);
        else conclude(settle);
      };
      let cancel = awakeWait(clock, PATIENCE.announcement, review);
      return () => {
        cancel();
        this.#waiting.delete(settle);
      };
    });
  }

  get #isOnLinks(): boolean {
    return this.#claims().every(({ progress }) => progress.links > 0);
  }

  /** How often one of its names was contested so far. */
  get #contests(): number {
    return this.#claims().reduce((sum, { contests }) => sum + contests, 0);
  }

  #late(what: string, waited: number): MdnsError {
    const why = this.#isOnLinks
      ? "its name is still being sought"
      : "no network interface to announce it on is up (with wait: false it is announced once there is one)";
    return this.#failure(`${what} was not announced within ${Math.round(waited / 1_000)} s: ${why}`);
  }

  /** Whoever did not wait for it can still learn of it. */
  #failure(message: string): MdnsError {
    this.#session.tell({ kind: "unannounced", message });
    return new MdnsError("ERR_MDNS_NOT_ANNOUNCED", message);
  }
}
