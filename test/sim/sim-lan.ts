import type { LinkAddress } from "../../src/mdns/link/link-address.ts";
import type { Faults } from "./faults.ts";
import type { Frame } from "./frame.ts";
import { PacketLog } from "./packet-log.ts";
import { type Random, seeded } from "./random.ts";
import { RawPeer } from "./raw-peer.ts";
import { Segment } from "./segment.ts";
import { SimClock } from "./sim-clock.ts";
import { SimHost } from "./sim-host.ts";
import type { SimInterface } from "./sim-interface.ts";

export interface LanOptions {
  /** Everything random in the run comes from it. */
  readonly seed: number;
  /** Packets kept for the report of a failure. @default 2000 */
  readonly keepPackets?: number;
}

/** A whole virtual LAN: one clock, one seed, one log; segments, hosts and raw peers on them. */
export class SimLan {
  readonly clock: SimClock = new SimClock();
  readonly seed: number;
  readonly log: PacketLog;
  /** For what a test itself leaves to chance. */
  readonly random: Random;
  readonly #heard = new Set<(at: SimInterface, frame: Frame) => void>();
  readonly #begun = new Set<(host: SimHost, names: number) => void>();
  readonly #violations: string[] = [];
  #plugged = 0;

  constructor(options: LanOptions) {
    this.seed = options.seed;
    this.log = new PacketLog(options.keepPackets ?? 2_000);
    this.random = seeded(options.seed, "test");
  }

  segment(name = "lan", faults: Partial<Faults> = {}): Segment {
    const random = seeded(this.seed, "segment", name);
    return new Segment({ name, clock: this.clock, random, log: this.log, faults });
  }

  /** A host with interfaces e0, e1… on these segments. */
  host(
    name: string,
    segments: readonly Segment[],
    options: { readonly families?: readonly ("ipv4" | "ipv6")[]; readonly mtu?: number; readonly random?: Random } = {},
  ): SimHost {
    const { families = ["ipv4"], random = seeded(this.seed, "host", name) } = options;
    const heard = (at: SimInterface, frame: Frame): void => {
      for (const listener of this.#heard) listener(at, frame);
    };
    const begun = (of: SimHost, names: number): void => {
      for (const listener of this.#begun) listener(of, names);
    };
    const host = new SimHost({ name, clock: this.clock, random, heard, begun });
    for (const [index, segment] of segments.entries()) {
      const addresses = this.freshAddresses().filter(({ family }) => families.includes(family));
      const zone = `e${index}`;
      host.addInterface({
        name: zone,
        segment,
        addresses: addresses.map((own) => (own.family === "ipv6" ? { ...own, zone } : own)),
        ...(options.mtu === undefined ? {} : { mtu: options.mtu }),
      });
    }
    return host;
  }

  peer(name: string, segment: Segment): RawPeer {
    const [ipv4, ipv6] = this.freshAddresses();
    const addresses = { ipv4: ipv4?.address ?? "", ipv6: ipv6?.address ?? "" };
    return new RawPeer({ name, segment, clock: this.clock, addresses });
  }

  /** One address of each family that nobody has had; all lie in one subnet. */
  freshAddresses(): readonly LinkAddress[] {
    const number = ++this.#plugged;
    return [
      { family: "ipv4", address: `10.77.${number >> 8}.${number & 0xff}`, prefixLength: 16 },
      { family: "ipv6", address: `fe80::${number.toString(16)}`, prefixLength: 64 },
    ];
  }

  /** Shows what arrives at any host. */
  onHeard(listener: (at: SimInterface, frame: Frame) => void): void {
    this.#heard.add(listener);
  }

  /** Tells when a host's program begins to claim names, and how many, each link counted. */
  onBegun(listener: (host: SimHost, names: number) => void): void {
    this.#begun.add(listener);
  }

  /** An invariant does not hold: the run ends at this event. */
  violate(text: string): void {
    this.#violations.push(`at ${this.clock.now()} ms: ${text}`);
  }

  /**
   * Lets `duration` ms pass.
   * @throws Error as soon as an invariant is violated
   */
  run(duration: number): void {
    const until = this.clock.now() + duration;
    while (this.clock.step(until)) if (this.#violations.length > 0) break;
    this.check();
  }

  /** As {@link SimLan.run}, with the promises of each moment settled before time moves on. */
  async runAsync(duration: number): Promise<void> {
    const until = this.clock.now() + duration;
    await settled();
    for (let next = this.clock.next; next !== undefined && next <= until; next = this.clock.next) {
      while (this.clock.next === next && this.clock.step(until));
      this.check();
      await settled();
    }
    this.clock.step(until);
    this.check();
  }

  /** @throws Error when an invariant has been violated */
  check(): void {
    if (this.#violations.length > 0) throw new Error(this.#violations.join("\n"));
  }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
