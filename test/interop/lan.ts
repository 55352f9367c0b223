import { Host } from "./host.ts";
import { type Family, Segment } from "./segment.ts";

/** Switches and hosts made for one test. */
export class Lan {
  readonly #segments: Segment[] = [];
  readonly #hosts: Host[] = [];

  segment(families: readonly Family[] = ["ipv4", "ipv6"]): Segment {
    const segment = new Segment(this.#segments.length + 1, families);
    this.#segments.push(segment);
    return segment;
  }

  /** A host with one interface on each of `segments`. */
  host(...segments: readonly Segment[]): Host {
    const host = new Host(this.#hosts.length + 1);
    this.#hosts.push(host);
    for (const segment of segments) host.attach(segment);
    return host;
  }

  async remove(): Promise<void> {
    const removals = await Promise.allSettled(this.#hosts.map((host) => host.remove()));
    for (const segment of this.#segments) segment.remove();
    for (const removal of removals) if (removal.status === "rejected") throw removal.reason;
  }
}
