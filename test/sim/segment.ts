import { copies, type Faults, isUniform, NO_FAULTS } from "./faults.ts";
import type { Frame, Port } from "./frame.ts";
import type { PacketLog } from "./packet-log.ts";
import type { Random } from "./random.ts";
import type { SimClock } from "./sim-clock.ts";

export interface SegmentOptions {
  readonly name: string;
  readonly clock: SimClock;
  readonly random: Random;
  readonly log: PacketLog;
  /** @default none */
  readonly faults?: Partial<Faults>;
}

/** A broadcast domain: what one port sends, all others get, subject to {@link Faults} and partitions. */
export class Segment {
  readonly name: string;
  readonly #clock: SimClock;
  readonly #random: Random;
  readonly #log: PacketLog;
  readonly #ports = new Set<Port>();
  #faults: Faults;
  #sideOf: (port: Port) => unknown = () => undefined;

  constructor(options: SegmentOptions) {
    this.name = options.name;
    this.#clock = options.clock;
    this.#random = options.random;
    this.#log = options.log;
    this.#faults = { ...NO_FAULTS, ...options.faults };
  }

  get faults(): Faults {
    return this.#faults;
  }

  /** Replaces all faults by these; frames on their way stay as they are. */
  setFaults(faults: Partial<Faults>): void {
    this.#faults = { ...NO_FAULTS, ...faults };
  }

  /** Plugs in; returns a function that pulls the plug. */
  attach(port: Port): () => void {
    this.#ports.add(port);
    return () => void this.#ports.delete(port);
  }

  /** From now on only ports for which `sideOf` gives the same value hear each other; nobody is told. */
  partition(sideOf: (port: Port) => unknown): void {
    this.#sideOf = sideOf;
  }

  heal(): void {
    this.#sideOf = () => undefined;
  }

  /** Sends to everyone else whom it concerns. */
  transmit(frame: Frame, from: Port): void {
    const packet = this.#log.note(this.#clock.now(), this, from, frame);
    if (isUniform(this.#faults)) {
      this.#clock.at(this.#clock.now() + this.#faults.delay, () => {
        for (const port of [...this.#ports]) if (this.#reaches(from, port, frame)) port.receive(frame);
      });
      return;
    }
    for (const port of this.#ports) {
      if (!this.#reaches(from, port, frame)) continue;
      const received = copies(frame.bytes, this.#faults, this.#random);
      if (received.length !== 1 || received[0]?.bytes !== frame.bytes) packet.noteFate(port, received.length);
      for (const { after, bytes } of received) {
        this.#clock.at(this.#clock.now() + after, () => {
          if (this.#ports.has(port)) port.receive(bytes === frame.bytes ? frame : { ...frame, bytes });
        });
      }
    }
  }

  #reaches(from: Port, to: Port, frame: Frame): boolean {
    return to !== from && this.#sideOf(from) === this.#sideOf(to) && to.accepts(frame);
  }
}
