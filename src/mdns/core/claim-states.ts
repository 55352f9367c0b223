import { type Claim, type ClaimEvent, isOurs, step } from "./claim.ts";
import type { CoreContext } from "./context.ts";
import { DeadlineQueue } from "./deadline-queue.ts";
import type { HeldClaim } from "./held-claim.ts";
import type { ClaimId, ClaimNews } from "./output.ts";
import type { OwnRecords } from "./own-records.ts";
import type { Instant } from "./timing.ts";

/** All claims on a link, by id, by the name they are about and by when they are due, and what each step brings about. */
export class ClaimStates {
  readonly #context: CoreContext;
  readonly #records: OwnRecords;
  readonly #claims = new Map<ClaimId, HeldClaim>();
  readonly #byName = new Map<string, Set<HeldClaim>>();
  readonly #due = new DeadlineQueue<HeldClaim>();

  constructor(context: CoreContext, records: OwnRecords) {
    this.#context = context;
    this.#records = records;
  }

  get next(): Instant | undefined {
    return this.#due.next;
  }

  get size(): number {
    return this.#claims.size;
  }

  get all(): readonly HeldClaim[] {
    return [...this.#claims.values()];
  }

  get(id: ClaimId): HeldClaim | undefined {
    return this.#claims.get(id);
  }

  /** The claims about a name, lost ones left out. */
  at(nameKey: string): readonly HeldClaim[] {
    const held = this.#byName.get(nameKey);
    return held === undefined ? NONE : [...held];
  }

  takeDue(now: Instant): HeldClaim | undefined {
    return this.#due.takeDue(now);
  }

  add(held: HeldClaim): void {
    this.#claims.set(held.id, held);
  }

  delete(held: HeldClaim): void {
    this.#claims.delete(held.id);
    this.detach(held);
  }

  /** The claim is about its name from now on. */
  attach(held: HeldClaim): void {
    if (held.name === undefined) return;
    const others = this.#byName.get(held.name.key);
    if (others === undefined) this.#byName.set(held.name.key, new Set([held]));
    else others.add(held);
  }

  detach(held: HeldClaim): void {
    this.#due.delete(held);
    if (held.name === undefined) return;
    const claims = this.#byName.get(held.name.key);
    claims?.delete(held);
    if (claims?.size === 0) this.#byName.delete(held.name.key);
  }

  /** What has happened to a claim moves it on, and that has its consequences. */
  apply(held: HeldClaim, event: ClaimEvent, now: Instant, due: Instant = now): void {
    const before = held.state;
    const after = step(before, event, now, due);
    if (after === before) return;
    this.enter(held, after);
    if (isOurs(after) && !isOurs(before)) this.#records.win(held, held.records, now);
    if (isOurs(before) && !isOurs(after)) this.#records.doubt(held);
    if (after.phase === "probing" && before.phase !== "probing") {
      held.seeking ??= now;
      this.tell(held, "probing");
    }
    if (after.phase === "lost") {
      this.#yield(held, now);
      this.tell(held, "lost");
    }
  }

  enter(held: HeldClaim, state: Claim): void {
    held.state = state;
    if (state.phase === "established" || state.phase === "lost") this.#due.delete(held);
    else this.#due.set(held, state.due);
  }

  tell({ id, name }: HeldClaim, news: ClaimNews): void {
    this.#context.trace(news, name);
    this.#context.emit({ kind: "claim", claim: id, news, name });
  }

  /** The name is somebody else's now, and so is what was announced under it: no goodbye may end that. RFC 6762 §9 */
  #yield(held: HeldClaim, now: Instant): void {
    this.detach(held);
    this.#records.release(held, held.records, now);
    held.records = [];
    held.superseded = [];
  }
}

const NONE: readonly HeldClaim[] = [];
