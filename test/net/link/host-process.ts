import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { LinkCounters } from "../../../src/mdns/link/link-counters.ts";
import type { Command, Start } from "./host.ts";
import { PATIENCE } from "./patience.ts";

/** A line that `host.ts` printed. */
export interface HostEvent {
  readonly event: string;
  readonly kind?: string;
  readonly link?: string;
  readonly interface?: string;
  readonly family?: string;
  readonly addresses?: readonly string[];
  readonly news?: string;
  readonly change?: string;
  readonly record?: string;
  readonly resources?: readonly string[];
  readonly error?: { readonly message: string; readonly code?: string };
}

const PROGRAM = fileURLToPath(new URL("host.ts", import.meta.url));

/** A network in a process of its own, perhaps in another network namespace. */
export class HostProcess {
  /** All there were, for a report. */
  readonly events: HostEvent[] = [];
  /** Not yet waited for. */
  readonly #pending: HostEvent[] = [];
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;
  #ended = false;
  readonly #wake = new Set<() => void>();
  #errors = "";

  constructor(start: Start, namespace?: string) {
    const node = [process.execPath, "--import", "tsx", PROGRAM, JSON.stringify(start)];
    const [command = "", ...args] = namespace === undefined ? node : ["ip", "netns", "exec", namespace, ...node];
    this.#child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    this.#exit = new Promise((resolve) => this.#child.on("close", (status) => resolve(status)));
    void this.#exit.then(() => {
      this.#ended = true;
      for (const wake of [...this.#wake]) wake();
    });
    if (this.#child.stdout === null || this.#child.stderr === null) throw new Error("no pipes");
    this.#child.stderr.on("data", (data) => {
      this.#errors += data;
    });
    createInterface({ input: this.#child.stdout }).on("line", (line) => {
      const event = JSON.parse(line) as HostEvent;
      this.events.push(event);
      this.#pending.push(event);
      for (const wake of [...this.#wake]) wake();
    });
  }

  static async open(start: Start, namespace?: string): Promise<HostProcess> {
    const host = new HostProcess(start, namespace);
    await host.next((event) => event.event === "open");
    return host;
  }

  do(command: Command): void {
    this.#child.stdin?.write(`${JSON.stringify(command)}\n`);
  }

  /** What has happened so far is of no interest any more. */
  skip(): void {
    this.#pending.length = 0;
  }

  /** The first event that matches, of those not yet waited for or skipped. */
  next(matches: (event: HostEvent) => boolean): Promise<HostEvent> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const at = this.#pending.findIndex(matches);
        if (at >= 0) settle(() => resolve(this.#pending.splice(at, 1)[0] as HostEvent));
        else if (this.#ended) settle(() => reject(this.#report("it ended before", matches)));
      };
      const timer = setTimeout(() => settle(() => reject(this.#report("nothing was", matches))), PATIENCE);
      const settle = (outcome: () => void): void => {
        clearTimeout(timer);
        this.#wake.delete(look);
        outcome();
      };
      this.#wake.add(look);
      look();
    });
  }

  #report(what: string, matches: (event: HostEvent) => boolean): Error {
    const seen = this.events.map((event) => JSON.stringify(event)).join("\n");
    return new Error(`${what} ${matches}; there were:\n${seen}\n${this.#errors}`);
  }

  /** An event of this kind with these properties. */
  nextLike(event: string, properties: Partial<HostEvent> = {}): Promise<HostEvent> {
    const wanted = Object.entries({ event, ...properties });
    return this.next((seen) => wanted.every(([key, value]) => Reflect.get(seen, key) === value));
  }

  async counters(): Promise<LinkCounters> {
    this.do({ do: "counters" });
    return (await this.nextLike("counters")) as HostEvent & LinkCounters;
  }

  /** The counters as soon as they satisfy `holds`, else as they are after a while. */
  async countersWhen(holds: (counters: LinkCounters) => boolean): Promise<LinkCounters> {
    const until = performance.now() + PATIENCE;
    for (;;) {
      const counters = await this.counters();
      if (holds(counters) || performance.now() > until) return counters;
    }
  }

  get exited(): Promise<number | null> {
    return this.#exit;
  }

  async end(): Promise<void> {
    if (this.#child.exitCode === null) this.#child.kill("SIGKILL");
    await this.#exit;
  }
}
