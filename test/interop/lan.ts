import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ip, Namespace } from "./namespace.ts";
import { Program, type ProgramOptions } from "./program.ts";

export type Family = "ipv4" | "ipv6";

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
  plug(namespace: Namespace, interfaceName: string): void {
    this.#ports += 1;
    const port = `p${this.#ports}`;
    const own = this.namespace.name;
    ip(
      ...["link", "add", interfaceName, "netns", namespace.name],
      ...["type", "veth", "peer", "name", port, "netns", own],
    );
    ip("-n", own, "link", "set", port, "master", "br0", "up");
  }

  remove(): void {
    this.namespace.remove();
  }
}

const SET_HOST_NAME = 'echo "$1" > /proc/sys/kernel/hostname && shift && exec "$@"';

export interface HostInterface {
  readonly name: string;
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
  readonly linkLocal: string | undefined;
}

/** A machine on the LAN: a namespace with interfaces e0, e1, … in the order of attachment. */
export class Host {
  readonly number: number;
  /** What programs here get as the machine's host name. */
  readonly name: string;
  readonly namespace: Namespace = new Namespace();
  /** For files of programs that run here. */
  readonly folder: string = mkdtempSync(join(tmpdir(), "earshot-host-"));
  readonly interfaces: HostInterface[] = [];
  readonly #programs: Program[] = [];

  constructor(number: number) {
    this.number = number;
    this.name = `host${number}`;
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
    const named = ["unshare", "--uts", "sh", "-c", SET_HOST_NAME, "sh", this.name, command, ...args];
    const program = new Program("ip", ["netns", "exec", this.namespace.name, ...named], options);
    this.#programs.push(program);
    return program;
  }

  /** All addresses, without zones. */
  get addresses(): string[] {
    return this.interfaces.flatMap(({ name }) => this.addressesOf(name));
  }

  addressesOf(interfaceName: string): string[] {
    const { ipv4, ipv6, linkLocal } = this.#interface(interfaceName);
    return [ipv4, ipv6, linkLocal].filter((address) => address !== undefined);
  }

  /** The addresses as a neighbour sees them on its own interface of the same name. */
  zonedAddresses(interfaceName: string): string[] {
    return this.addressesOf(interfaceName).map((address) =>
      address.startsWith("fe80:") ? `${address}%${interfaceName}` : address,
    );
  }

  /** Writes a file that lasts as long as this host, and returns its path. */
  file(name: string, text: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, text);
    return path;
  }

  async remove(): Promise<void> {
    await Promise.all(this.#programs.map((program) => program.stop("SIGKILL")));
    this.namespace.remove();
    rmSync(this.folder, { recursive: true });
  }

  #interface(name: string): HostInterface {
    const found = this.interfaces.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`${this.name} has no interface ${name}`);
    return found;
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
