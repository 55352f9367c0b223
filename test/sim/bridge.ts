import type { Frame, Port } from "./frame.ts";
import type { Segment } from "./segment.ts";

/** Joins two segments as a switch or an access point does: every frame passes unchanged. */
export class Bridge {
  readonly #unplug: readonly (() => void)[];

  /** Two bridges must not form a loop: there is no spanning tree. */
  constructor(a: Segment, b: Segment) {
    const portA = new BridgePort(`${a.name}=${b.name}`, b);
    const portB = new BridgePort(`${b.name}=${a.name}`, a);
    portA.peer = portB;
    portB.peer = portA;
    this.#unplug = [a.attach(portA), b.attach(portB)];
  }

  /** The segments are apart again. */
  remove(): void {
    for (const unplug of this.#unplug) unplug();
  }
}

class BridgePort implements Port {
  readonly label: string;
  readonly #onto: Segment;
  peer: Port | undefined;

  constructor(label: string, onto: Segment) {
    this.label = label;
    this.#onto = onto;
  }

  accepts(): boolean {
    return true;
  }

  receive(frame: Frame): void {
    if (this.peer !== undefined) this.#onto.transmit(frame, this.peer);
  }
}
