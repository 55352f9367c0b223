import type { Finding, Rule } from "./lint/rule.ts";
import { type Packet, type PacketKind, recordsOf } from "./packet.ts";

/** Anyone can send from any address: those beyond this number are counted together. */
const MOST_HOSTS = 1_000;
const MOST_NAMES = 4;

export interface HostTally {
  /** Its address, or what stands for all those that there was no room for. */
  readonly host: string;
  packets: number;
  bytes: number;
  findings: number;
  readonly kinds: Map<PacketKind, number>;
  /** What it calls itself: the first host names that it said to have this address. */
  readonly names: Set<string>;
}

/** Counts packets by host and kind, and findings by rule. */
export class Tally {
  readonly #hosts = new Map<string, HostTally>();
  readonly #rules = new Map<Rule, number>();
  readonly #skipped = new Map<string, number>();
  #others: HostTally | undefined;
  #packets = 0;

  get packets(): number {
    return this.#packets;
  }

  /** The busiest first. */
  get hosts(): readonly HostTally[] {
    const hosts = [...this.#hosts.values()].sort((a, b) => b.packets - a.packets);
    return this.#others === undefined ? hosts : [...hosts, this.#others];
  }

  /** Packets by the rule that they broke, most often first. */
  get rules(): readonly (readonly [rule: Rule, packets: number])[] {
    return [...this.#rules].sort(([, a], [, b]) => b - a);
  }

  /** What was not looked into, by the reason. */
  get skipped(): ReadonlyMap<string, number> {
    return this.#skipped;
  }

  add(packet: Packet, findings: readonly Finding[]): void {
    const host = this.#hostOf(packet.source);
    this.#packets++;
    host.packets++;
    host.bytes += packet.payload.length;
    host.findings += findings.length;
    host.kinds.set(packet.kind, (host.kinds.get(packet.kind) ?? 0) + 1);
    for (const name of ownNames(packet)) if (host.names.size < MOST_NAMES) host.names.add(name);
    for (const { rule } of findings) this.#rules.set(rule, (this.#rules.get(rule) ?? 0) + 1);
  }

  skip(reason: string): void {
    this.#skipped.set(reason, (this.#skipped.get(reason) ?? 0) + 1);
  }

  #hostOf(address: string): HostTally {
    const known = this.#hosts.get(address);
    if (known !== undefined) return known;
    if (this.#hosts.size === MOST_HOSTS) {
      this.#others ??= emptyTally("others");
      return this.#others;
    }
    const host = emptyTally(address);
    this.#hosts.set(address, host);
    return host;
  }
}

function emptyTally(host: string): HostTally {
  return { host, packets: 0, bytes: 0, findings: 0, kinds: new Map(), names: new Set() };
}

/** The names of the address that a response came from. */
function ownNames(packet: Packet): readonly string[] {
  if (packet.kind === "unreadable" || !packet.message.response) return [];
  return recordsOf(packet).flatMap(({ name, data }) =>
    data.kind === "address" && data.address === packet.source ? [name.toString()] : [],
  );
}
