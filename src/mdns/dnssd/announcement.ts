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
   * Waits until it is announced on the links there are; when the time is up, on any.
   * @throws {@link MdnsError} `ERR_MDNS_NOT_ANNOUNCED`
   */
  wait(what: string, signal?: AbortSignal): Promise<void> {
    return pending<void>(
      this.#session,
      { timeout: PATIENCE.announcement, signal },
      ({ resolve, reject }) => (this.somewhere ? resolve() : reject(this.#late(what))),
      (settle) => {
        this.#waiting.add(settle);
        if (this.somewhere) this.advanced();
        return () => void this.#waiting.delete(settle);
      },
    );
  }

  #late(what: string): MdnsError {
    const seconds = PATIENCE.announcement / 1_000;
    const why = this.#claims().every(({ progress }) => progress.links > 0)
      ? "its name is still being sought"
      : "no network interface to announce it on is up (with wait: false it is announced once there is one)";
    return this.#failure(`${what} was not announced within ${seconds} s: ${why}`);
  }

  /** Whoever did not wait for it can still learn of it. */
  #failure(message: string): MdnsError {
    this.#session.tell({ kind: "unannounced", message });
    return new MdnsError("ERR_MDNS_NOT_ANNOUNCED", message);
  }
}
