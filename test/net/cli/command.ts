import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { networkInterfaces } from "node:os";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

export const ROOT: string = fileURLToPath(new URL("../../../", import.meta.url));

/** The name of this machine's loopback interface. */
export const LOOPBACK: string =
  Object.entries(networkInterfaces()).find(([, addresses]) => addresses?.some(({ internal }) => internal))?.[0] ?? "lo";

/** A service type that no other test uses. */
export function uniqueType(): string {
  return `_t${Math.random().toString(36).slice(2, 10)}._tcp`;
}

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** One of the built commands as a process; ended with the test. */
export class Command {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
  readonly lines: string[] = [];
  #stderr = "";
  #onLine: () => void = () => {};

  constructor(name: string, ...args: readonly string[]) {
    this.child = spawn(process.execPath, [`${ROOT}dist/cli/${name}.js`, ...args], { cwd: ROOT });
    createInterface({ input: this.child.stdout }).on("line", (line) => {
      this.lines.push(line);
      this.#onLine();
    });
    this.child.stderr.on("data", (data) => {
      this.#stderr += data;
      this.#onLine();
    });
    this.ended = once(this.child, "close").then(([status]) => {
      this.#onLine();
      return { status, stdout: this.lines.map((line) => `${line}\n`).join(""), stderr: this.#stderr };
    });
    onTestFinished(async () => {
      this.child.kill("SIGKILL");
      await this.ended;
    });
  }

  /** The first line, of those yet to come too, for which `find` gives something. */
  async line<Found>(find: (line: string) => Found | undefined): Promise<Found> {
    for (let at = 0; ; at++) {
      while (at >= this.lines.length) {
        if (this.child.exitCode !== null) {
          throw new Error(`ended with status ${this.child.exitCode} before that line came\n${this.#stderr}`);
        }
        await new Promise<void>((resolve) => {
          this.#onLine = resolve;
        });
      }
      const found = find(this.lines[at] ?? "");
      if (found !== undefined) return found;
    }
  }

  /** The first JSON line that has all of these fields. */
  json(fields: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
    return this.line((line) => {
      const object = JSON.parse(line) as Record<string, unknown>;
      return Object.entries(fields).every(([key, value]) => object[key] === value) ? object : undefined;
    });
  }

  /** Settles when standard error has this. */
  async note(text: string): Promise<void> {
    while (!this.#stderr.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`ended before it said "${text}"\n${this.#stderr}`);
      await new Promise<void>((resolve) => {
        this.#onLine = resolve;
      });
    }
  }

  stop(signal: NodeJS.Signals = "SIGTERM"): Promise<Ended> {
    this.child.kill(signal);
    return this.ended;
  }
}

/** Publishes on loopback, and resolves when it is announced. */
export async function published(...args: readonly string[]): Promise<Command> {
  const command = new Command("mdns-publish", ...args, "--json", "-i", LOOPBACK);
  await command.json({ event: "published" });
  return command;
}
