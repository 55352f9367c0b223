import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Capture } from "./capture.ts";
import type { Start } from "./host.ts";
import { HostProcess } from "./host-process.ts";
import { PATIENCE } from "./patience.ts";
import type { Heard, PeerScript } from "./peer.ts";
import type { Response } from "./responder.ts";

const PEER = fileURLToPath(new URL("peer.ts", import.meta.url));
const RESPONDER = fileURLToPath(new URL("responder.ts", import.meta.url));

function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: PATIENCE });
}

function whyNot(): string | undefined {
  if (process.platform !== "linux") return "network namespaces exist on Linux only";
  const name = `earshot-try-${process.pid}`;
  try {
    run("ip", "netns", "add", name);
    run("ip", "netns", "del", name);
    return undefined;
  } catch {
    return "making network namespaces needs root and the ip command";
  }
}

/** Why tests in namespaces cannot run here; undefined if they can. */
export const noNamespaces: string | undefined = whyNot();

let made = 0;

/** Network namespaces, and what runs in them, for one test. */
export class Namespaces {
  readonly #prefix = `es${process.pid % 100_000}-${made++}`;
  readonly #names: string[] = [];
  readonly #hosts: HostProcess[] = [];
  readonly #programs: ChildProcess[] = [];
  readonly #captures: Capture[] = [];

  /** A namespace with its loopback interface up. Without duplicate detection IPv6 addresses are usable at once. */
  add(label: string, { duplicateDetection = false }: { readonly duplicateDetection?: boolean } = {}): string {
    const name = `${this.#prefix}-${label}`;
    run("ip", "netns", "add", name);
    this.#names.push(name);
    this.ip(name, "link set lo up");
    if (!duplicateDetection) this.exec(name, "sh", "-c", "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad");
    return name;
  }

  /** One `ip` command in a namespace. */
  ip(namespace: string, command: string): string {
    return run("ip", "-n", namespace, ...command.split(" "));
  }

  /** Any command in a namespace. */
  exec(namespace: string, ...command: readonly string[]): string {
    return run("ip", "netns", "exec", namespace, ...command);
  }

  /** Two interfaces, wired to each other; each end is `[namespace, interface, …addresses]`. */
  wire(...ends: readonly [readonly string[], readonly string[]]): void {
    const [[nsA = "", a = ""], [nsB = "", b = ""]] = ends;
    this.ip(nsA, `link add ${a} type veth peer name ${b} netns ${nsB}`);
    for (const [namespace = "", name = "", ...addresses] of ends) {
      for (const address of addresses) {
        this.ip(namespace, `addr add ${address} dev ${name}`);
      }
      this.ip(namespace, `link set ${name} up`);
    }
  }

  /** Starts a program, and waits until it has printed something. */
  async program(namespace: string, ...command: readonly string[]): Promise<void> {
    const child = spawn("ip", ["netns", "exec", namespace, ...command], { stdio: ["ignore", "pipe", "inherit"] });
    this.#programs.push(child);
    await once(child.stdout, "data");
  }

  /** What a scripted peer hears; undefined if nothing. */
  peer(namespace: string, script: PeerScript): Heard | undefined {
    const heard = this.exec(namespace, process.execPath, "--import", "tsx", PEER, JSON.stringify(script));
    return heard === "" ? undefined : (JSON.parse(heard) as Heard);
  }

  /** Starts a program that multicasts these responses over and over until the test ends. */
  respond(namespace: string, ipv4: string, iface: string, responses: readonly Response[]): Promise<void> {
    const args = [RESPONDER, ipv4, iface, JSON.stringify(responses)];
    return this.program(namespace, process.execPath, "--import", "tsx", ...args);
  }

  /** What arrives by an interface from now on. */
  async capture(namespace: string, iface: string): Promise<Capture> {
    const capture = await Capture.open(namespace, iface);
    this.#captures.push(capture);
    return capture;
  }

  async open(namespace: string, start: Start): Promise<HostProcess> {
    const host = this.start(namespace, start);
    await host.nextLike("open");
    return host;
  }

  start(namespace: string, start: Start): HostProcess {
    const host = new HostProcess(start, namespace);
    this.#hosts.push(host);
    return host;
  }

  async remove(): Promise<void> {
    for (const host of this.#hosts) await host.end();
    for (const capture of this.#captures) await capture.end();
    for (const program of this.#programs) {
      program.kill("SIGKILL");
      if (program.exitCode === null && program.signalCode === null) await once(program, "exit");
    }
    for (const name of this.#names) run("ip", "netns", "del", name);
  }
}
