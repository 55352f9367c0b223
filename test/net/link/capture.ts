import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import { PATIENCE } from "./patience.ts";

/** A UDP datagram as it is on the wire. */
export interface Captured {
  /** Hop limit, in IPv6. */
  readonly ttl: number;
  readonly from: string;
  readonly port: number;
  readonly to: string;
  readonly toPort: number;
  readonly message: Message;
}

const PROGRAM = fileURLToPath(new URL("capture.py", import.meta.url));

function whyNot(): string | undefined {
  try {
    execFileSync("python3", ["-c", "import socket; socket.AF_PACKET"], { stdio: "ignore", timeout: 10_000 });
    return undefined;
  } catch {
    return "seeing TTLs on the wire needs python3 with packet sockets";
  }
}

/** Why nothing can be captured here; undefined if it can. */
export const noCapture: string | undefined = whyNot();

/** What arrives by one interface of a namespace. */
export class Capture {
  readonly seen: Captured[] = [];
  readonly #child: ChildProcess;
  readonly #wake = new Set<() => void>();

  private constructor(namespace: string, iface: string) {
    this.#child = spawn("ip", ["netns", "exec", namespace, "python3", PROGRAM, iface], {
      stdio: ["ignore", "pipe", "inherit"],
    });
  }

  static async open(namespace: string, iface: string): Promise<Capture> {
    const capture = new Capture(namespace, iface);
    const { stdout } = capture.#child;
    if (stdout === null) throw new Error("no pipe");
    const lines = createInterface({ input: stdout });
    await once(lines, "line");
    lines.on("line", (line) => capture.#take(line));
    return capture;
  }

  /** The first datagram that matches, of all there were. */
  first(matches: (captured: Captured) => boolean): Promise<Captured> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.seen.find(matches);
        if (found === undefined) return;
        clearTimeout(timer);
        this.#wake.delete(look);
        resolve(found);
      };
      const timer = setTimeout(() => {
        this.#wake.delete(look);
        reject(new Error(`nothing was ${matches} among ${this.seen.length} datagrams`));
      }, PATIENCE);
      this.#wake.add(look);
      look();
    });
  }

  async end(): Promise<void> {
    this.#child.kill("SIGKILL");
    if (this.#child.exitCode === null && this.#child.signalCode === null) await once(this.#child, "exit");
  }

  #take(line: string): void {
    const { data, ...captured } = JSON.parse(line) as Omit<Captured, "message"> & { readonly data: string };
    this.seen.push({ ...captured, message: decodeMessage(Buffer.from(data, "hex")) });
    for (const wake of [...this.#wake]) wake();
  }
}
