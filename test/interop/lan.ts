import { ip, Namespace } from "./namespace.ts";
import { Program, type ProgramOptions } from "./program.ts";

export type Family = "ipv4" | "ipv6";

/** A switch in a namespace of its own, which everything attached to it shares as one link. */
export class Segment {
  readonly number: number;
  readonly families: readonly Family[];
  readonly #namespace = new Namespace();
  #ports = 0;

  constructor(number: number, families: readonly Family[]) {
    this.number = number;
    this.families = families;
    ip("-n", this.#namespace.name, "link", "add", "br0", "type", "bridge", "forward_delay", "0", "mcast_snooping", "0");
    ip("-n", this.#namespace.name, "link", "set", "br0", "up");
  }

  /** Lays a cable from a new port to a new interface of `namespace`. */
  plug(namespace: Namespace, interfaceName: string): void {
    this.#ports += 1;
    const port = `p${this.#ports}`;
    const own = this.#namespace.name;
    ip(
      ...["link", "add", interfaceName, "netns", namespace.name],
      ...["type", "veth", "peer", "name", port, "netns", own],
    );
    ip("-n", own, "link", "set", port, "master", "br0", "up");
  }

  remove(): void {
    this.#namespace.remove();
  }
}

export interface HostInterface {
  readonly name: string;
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
  readonly linkLocal: string | undefined;
}

/** A machine on the LAN: a namespace with interfaces e0, e1, … in the order of attachment. */
export class Host {
  readonly number: number;
  readonly namespace: Namespace = new Namespace();
  readonly interfaces: HostInterface[] = [];
  readonly #programs: Program[] = [];
  readonly #atRemoval: (() => void)[] = [];

  constructor(number: number) {
    this.number = number;
  }

  /** Addresses: 10.77.SEGMENT.n/24 and fd77:SEGMENT::n/64, where n tells host and interface apart. */
  attach(segment: Segment): HostInterface {
    const name = `e${this.interfaces.length}`;
    const suffix = this.number + 10 * this.interfaces.length;
    const ipv4 = segment.families.includes("ipv4") ? `10.77.${segment.number}.${suffix}` : undefined;
    const ipv6 = segment.families.includes("ipv6") ? `fd77:${segment.number}::${suffix.toString(16)}` : undefined;
    const at = ["-n", this.namespace.name];
    segment.plug(this.namespace, name);
    if (ipv6 === undefined) {
      this.namespace.run("sh", "-c", `echo 1 > /proc/sys/net/ipv6/conf/${name}/disable_ipv6`);
    } else {
      ip(...at, "address", "add", `${ipv6}/64`, "dev", name, "nodad");
    }
    if (ipv4 !== undefined) ip(...at, "address", "add", `${ipv4}/24`, "dev", name);
    ip(...at, "link", "set", name, "up");
    const added = { name, ipv4, ipv6, linkLocal: ipv6 === undefined ? undefined : this.#linkLocal(name) };
    this.interfaces.push(added);
    return added;
  }

  /** Starts a program here; it ends with the LAN at the latest. */
  start(command: string, args: readonly string[], options?: ProgramOptions): Program {
    const program = new Program("ip", ["netns", "exec", this.namespace.name, command, ...args], options);
    this.#programs.push(program);
    return program;
  }

  /** `act` runs when the programs of this host have ended. */
  atRemoval(act: () => void): void {
    this.#atRemoval.push(act);
  }

  async remove(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.stop("SIGKILL")));
    this.namespace.remove();
    for (const act of this.#atRemoval) act();
  }

  #linkLocal(name: string): string | undefined {
    const shown = ip("-n", this.namespace.name, "-6", "-o", "address", "show", "dev", name, "scope", "link");
    return /inet6 (\S+)\//.exec(shown)?.[1];
  }
}

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
    await Promise.all(this.#hosts.map((host) => host.remove()));
    for (const segment of this.#segments) segment.remove();
  }
}
