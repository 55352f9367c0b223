import { LIMITS } from "./limits.ts";
import { type Instant, TIMING } from "./timing.ts";

interface Account {
  readonly since: Instant;
  bytes: number;
}

/**
 * Bounds unicast replies to one source, since the source may be forged to make us flood somebody, and the sources that
 * get any, since each that is not there costs the system an entry of its short neighbour table.
 */
export class ReplyBudget {
  readonly #accounts = new Map<string, Account>();
  #refused = 0;

  get refused(): number {
    return this.#refused;
  }

  /** Sources counted at present. */
  get sources(): number {
    return this.#accounts.size;
  }

  /** Whether the source gets no reply for now. */
  isSpent(source: string, now: Instant): boolean {
    const account = this.#account(source, now);
    return account === undefined || account.bytes >= LIMITS.replyBytes;
  }

  /** The opposite, where a reply is refused if so. */
  allows(source: string, now: Instant): boolean {
    if (!this.isSpent(source, now)) return true;
    this.#refused++;
    return false;
  }

  /** A reply of so many bytes was sent. */
  spend(source: string, bytes: number): void {
    const account = this.#accounts.get(source);
    if (account !== undefined) account.bytes += bytes;
  }

  /** @returns undefined when there are too many */
  #account(source: string, now: Instant): Account | undefined {
    const known = this.#accounts.get(source);
    if (known !== undefined && now - known.since < TIMING.repliesWindow) return known;
    this.#accounts.delete(source);
    this.#forgetPast(now);
    if (this.#accounts.size >= LIMITS.replySources) return undefined;
    const account = { since: now, bytes: 0 };
    this.#accounts.set(source, account);
    return account;
  }

  /** Oldest first, as they were added. */
  #forgetPast(now: Instant): void {
    for (const [source, { since }] of this.#accounts) {
      if (now - since < TIMING.repliesWindow) return;
      this.#accounts.delete(source);
    }
  }
}
