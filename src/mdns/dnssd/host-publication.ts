import { EventEmitter } from "eventemitter3";
import { Announcement } from "./announcement.ts";
import { type FixedAddress, fixedAddresses } from "./fixed-address.ts";
import { guarded } from "./guarded.ts";
import { checkedHostLabel } from "./host-name.ts";
import type { HostHold, Hosts } from "./hosts.ts";
import { MdnsError } from "./mdns-error.ts";
import type { PublicationEvents, PublicationState } from "./publication.ts";
import type { Session } from "./session.ts";

/** A host name to publish. */
export interface PublishHostOptions {
  /** Without `.local`. @default this machine's */
  readonly host?: string | undefined;
  /** Exactly these; one with a zone is published on that interface only. @default those of each interface, there */
  readonly addresses?: readonly string[] | undefined;
  /** Aborts the wait for the announcement: the name is withdrawn. */
  readonly signal?: AbortSignal | undefined;
}

/** A published host name with its addresses. @see RFC 6762 §8, §9 */
export class HostPublication extends EventEmitter<PublicationEvents> {
  readonly #session: Session;
  readonly #hold: HostHold;
  readonly #announcement: Announcement;
  readonly #leave: () => void;
  #toldName: string;
  #state: PublicationState = "probing";

  /** @internal */
  constructor(session: Session, hosts: Hosts, { host, addresses }: PublishHostOptions = {}) {
    super();
    session.openings.check();
    const fixed = fixedAddresses(addresses);
    const label = host === undefined ? hosts.ownLabel : checkedHostLabel("host", host);
    this.#session = session;
    this.#toldName = label;
    this.#announcement = new Announcement(
      session,
      () => [this.#hold.host.claims],
      () => this.#reached(),
    );
    this.#hold = holdHost(hosts, host === undefined ? undefined : label, fixed, {
      hostRenamed: () => this.#renamed(),
      hostAnnounced: () => this.#announcement.advanced(),
      hostUnsettled: () => this.#fail("ERR_MDNS_UNSETTLED", "no free name was found in a minute (RFC 6762 §9)"),
      hostFailed: (cause) => this.#fail("ERR_MDNS_SYSTEM", String(cause), cause),
    });
    this.#leave = session.openings.add(() => this.#end("abandon"));
  }

  /** The name that it has, or is trying to get, without `.local`. */
  get name(): string {
    return this.#hold.host.label;
  }

  /** The whole name, as in `"nas.local"`. */
  get host(): string {
    return this.#hold.host.name.toString();
  }

  get state(): PublicationState {
    return this.#state;
  }

  /**
   * Replaces the addresses.
   * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`, `ERR_MDNS_CLOSED`
   */
  async update({ addresses }: { readonly addresses: readonly string[] }): Promise<void> {
    if (this.#state === "closed") throw new MdnsError("ERR_MDNS_CLOSED", `the publication of "${this.name}" is closed`);
    this.#hold.host.setAddresses(fixedAddresses(addresses));
  }

  /** Withdraws the name unless something else needs it. Idempotent. RFC 6762 §10.1 */
  async close(): Promise<void> {
    this.#end("withdraw");
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** @internal */
  async announced(signal?: AbortSignal): Promise<this> {
    try {
      await this.#announcement.wait(`"${this.host}"`, signal);
      return this;
    } catch (error) {
      this.#end("withdraw");
      throw error;
    }
  }

  #renamed(): void {
    this.#state = "probing";
    guarded(() => this.emit("conflict", this.#toldName));
  }

  #reached(): void {
    if (this.#state === "closed") return;
    const news = this.#state !== "announced";
    this.#state = "announced";
    const before = this.#toldName;
    this.#toldName = this.name;
    if (before !== this.name) guarded(() => this.emit("renamed", this.name, before));
    if (news) guarded(() => this.emit("announced"));
  }

  #fail(code: "ERR_MDNS_UNSETTLED" | "ERR_MDNS_SYSTEM", why: string, cause?: unknown): void {
    const error = new MdnsError(code, `"${this.host}": ${why}`, { cause });
    guarded(() => {
      if (!this.emit("error", error)) this.#session.tell({ kind: "error", error });
    });
  }

  #end(how: "withdraw" | "abandon"): void {
    if (this.#state === "closed") return;
    this.#state = "closed";
    this.#leave();
    this.#announcement.cancel();
    this.#hold.release(how);
  }
}

function holdHost(
  hosts: Hosts,
  label: string | undefined,
  addresses: readonly FixedAddress[] | undefined,
  user: Parameters<Hosts["holdOwn"]>[0],
): HostHold {
  if (label === undefined && addresses === undefined) return hosts.holdOwn(user);
  return hosts.hold(label ?? hosts.ownLabel, addresses, user);
}
