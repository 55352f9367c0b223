import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ip, Namespace } from "./namespace.ts";
import { Program, type ProgramOptions } from "./program.ts";
import type { Cable, Segment } from "./segment.ts";

const SET_HOST_NAME = 'echo "$1" > /proc/sys/kernel/hostname && shift && exec "$@"';

export interface HostInterface {
  readonly name: string;
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
  readonly cable: Cable;
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
    const cable = segment.plug(this.namespace, name);
    if (ipv6 === undefined && !segment.families.includes("link-local")) {
      this.namespace.run("sh", "-c", `echo 1 > /proc/sys/net/ipv6/conf/${name}/disable_ipv6`);
    }
    if (ipv6 !== undefined) ip(...at, "address", "add", `${ipv6}/64`, "dev", name, "nodad");
    if (ipv4 !== undefined) ip(...at, "address", "add", `${ipv4}/24`, "dev", name);
    ip(...at, "link", "set", name, "up");
    const added = { name, ipv4, ipv6, cable };
    this.interfaces.push(added);
    return added;
  }

  interface(name: string): HostInterface {
    const found = this.interfaces.find((candidate) => candidate.name === name);
    if (found === undefined) throw new Error(`${this.name} has no interface ${name}`);
    return found;
  }

  /** Starts a program here; it ends with the LAN at the latest. */
  start(command: string, args: readonly string[], options?: ProgramOptions): Program {
    const named = ["unshare", "--uts", "sh", "-c", SET_HOST_NAME, "sh", this.name, command, ...args];
    const program = new Program("ip", ["netns", "exec", this.namespace.name, ...named], options);
    this.#programs.push(program);
    return program;
  }

  replaceIpv4(interfaceName: string, address: string): void {
    const replaced = this.interface(interfaceName);
    const change = (verb: string, ipv4: string | undefined): string =>
      ip("-n", this.namespace.name, "address", verb, `${ipv4}/24`, "dev", interfaceName);
    change("delete", replaced.ipv4);
    change("add", address);
    this.interfaces[this.interfaces.indexOf(replaced)] = { ...replaced, ipv4: address };
  }

  /** All addresses, without zones. */
  get addresses(): string[] {
    return this.interfaces.flatMap(({ name }) => this.addressesOf(name));
  }

  addressesOf(interfaceName: string): string[] {
    const { ipv4, ipv6 } = this.interface(interfaceName);
    return [ipv4, ipv6, this.#linkLocal(interfaceName)].filter((address) => address !== undefined);
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

  #linkLocal(name: string): string | undefined {
    const shown = ip("-n", this.namespace.name, "-6", "-o", "address", "show", "dev", name, "scope", "link");
    return /inet6 (\S+)\//.exec(shown)?.[1];
  }
}
