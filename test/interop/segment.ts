import { ip, Namespace } from "./namespace.ts";

/** With `link-local`, interfaces have no IPv6 address but the one that each makes for itself. */
export type Family = "ipv4" | "ipv6" | "link-local";

/** Pulled and plugged in at the switch's end: the interface stays and keeps its addresses, but has no carrier. */
export interface Cable {
  set(state: "up" | "down"): void;
}

/** A switch in a namespace of its own, which everything attached to it shares as one link. */
export class Segment {
  readonly number: number;
  readonly families: readonly Family[];
  readonly namespace: Namespace = new Namespace();
  #ports = 0;

  constructor(number: number, families: readonly Family[]) {
    this.number = number;
    this.families = families;
    ip("-n", this.namespace.name, "link", "add", "br0", "type", "bridge", "forward_delay", "0", "mcast_snooping", "0");
    ip("-n", this.namespace.name, "link", "set", "br0", "up");
  }

  /** Lays a cable from a new port to a new interface of `namespace`. */
  plug(namespace: Namespace, interfaceName: string): Cable {
    this.#ports += 1;
    const port = `p${this.#ports}`;
    const own = this.namespace.name;
    const peer = ["type", "veth", "peer", "name", port, "netns", own];
    ip("link", "add", interfaceName, "netns", namespace.name, ...peer);
    ip("-n", own, "link", "set", port, "master", "br0", "up");
    return { set: (state) => ip("-n", own, "link", "set", port, state) };
  }

  /** Makes one link of both. */
  join(other: Segment): void {
    const cable = other.plug(this.namespace, "uplink");
    ip("-n", this.namespace.name, "link", "set", "uplink", "master", "br0", "up");
    cable.set("up");
  }

  remove(): void {
    this.namespace.remove();
  }
}
