import type { Family } from "../../src/mdns/core/datagram.ts";
import { type Frame, familyOf, MDNS_PORT, type Port } from "./frame.ts";
import type { Segment } from "./segment.ts";
import type { SimClock } from "./sim-clock.ts";

export interface ReflectorOptions {
  readonly clock: SimClock;
  /** Where it listens and sends. With one segment only, everything comes back to where it was said. */
  readonly segments: readonly Segment[];
  /** The address it sends from, for each family that it reflects. */
  readonly addresses: Readonly<Partial<Record<Family, string>>>;
  /** How long it holds a packet, in ms. */
  readonly delay: number;
}

/** Repeats what is said to the group on one segment on the others, from an address of its own. */
export class Reflector {
  readonly #unplug: readonly (() => void)[];

  constructor(options: ReflectorOptions) {
    const { clock, segments, addresses, delay } = options;
    const own = new Set(Object.values(addresses));
    const ports = segments.map((segment) => {
      const port: Port = {
        label: `reflector.${segment.name}`,
        accepts: (frame) => frame.destination === "group" && !own.has(frame.source.address),
        receive: (frame) => void clock.at(clock.now() + delay, () => reflect(frame, port)),
      };
      return { port, segment };
    });
    const reflect = (frame: Frame, heardBy: Port): void => {
      const address = addresses[familyOf(frame)];
      if (address === undefined) return;
      for (const { port, segment } of ports) {
        if (port === heardBy && ports.length > 1) continue;
        segment.transmit({ ...frame, source: { family: familyOf(frame), address, port: MDNS_PORT } }, port);
      }
    };
    this.#unplug = ports.map(({ port, segment }) => segment.attach(port));
  }

  remove(): void {
    for (const unplug of this.#unplug) unplug();
  }
}
