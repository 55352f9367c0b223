import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

export interface ProgramOptions {
  readonly env?: Readonly<Record<string, string>>;
}

export interface Wait {
  /** Milliseconds. Default 10,000. */
  readonly within?: number;
  /** Only lines after this many count. Default 0: what was printed before the call counts too. */
  readonly after?: number;
}

/** A running program whose output is read line by line, standard output and standard error alike. */
export class Program {
  readonly lines: string[] = [];
  /** Settles with {@link status} when it has ended and all its output is read. */
  readonly ended: Promise<number | NodeJS.Signals | undefined>;
  readonly #child: ChildProcess;
  readonly #command: string;
  readonly #watchers = new Set<() => void>();
  #open = true;

  constructor(command: string, args: readonly string[], options: ProgramOptions = {}) {
    this.#command = [command, ...args].join(" ");
    this.#child = spawn(command, args, { env: { ...process.env, ...options.env }, stdio: ["pipe", "pipe", "pipe"] });
    this.ended = new Promise((resolve) => {
      this.#child.once("close", () => {
        this.#open = false;
        this.#wake();
        resolve(this.status);
      });
    });
    this.#child.stdin?.on("error", () => undefined); // it may end while we write
    this.#child.on("error", (error) => this.lines.push(error.message));
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on("line", (line) => {
        this.lines.push(line);
        this.#wake();
      });
    }
  }

  /** The exit status, or the signal that ended it; `undefined` while it runs. */
  get status(): number | NodeJS.Signals | undefined {
    return this.#child.exitCode ?? this.#child.signalCode ?? undefined;
  }

  /** The first line for which `find` returns something, as what it returned. */
  async expect<T>(what: string, find: (line: string) => T | undefined, wait: Wait = {}): Promise<T> {
    const { within = 10_000, after = 0 } = wait;
    let next = after;
    const search = (): T | undefined => {
      while (next < this.lines.length) {
        const found = find(this.lines[next] ?? "");
        next += 1;
        if (found !== undefined) return found;
      }
      return undefined;
    };
    const found = search();
    if (found !== undefined) return found;
    return await new Promise<T>((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        this.#watchers.delete(look);
        act();
      };
      const fail = (reason: string): void => settle(() => reject(new Error(this.#account(`${what}: ${reason}`))));
      const look = (): void => {
        const found = search();
        if (found !== undefined) settle(() => resolve(found));
        else if (!this.#open) fail(`not before the program ended with ${this.status}`);
      };
      const timer = setTimeout(() => fail(`not within ${within} ms`), within);
      this.#watchers.add(look);
      look();
    });
  }

  /** Writes one line to its standard input. */
  write(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  /** Sends `signal` if it still runs, and waits for the end. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<number | NodeJS.Signals | undefined> {
    if (this.status === undefined) this.#child.kill(signal);
    return await this.ended;
  }

  #account(what: string): string {
    return [what, `in the output of ${this.#command}`, ...this.lines.map((line) => `  ${line}`)].join("\n");
  }

  #wake(): void {
    for (const watcher of this.#watchers) watcher();
  }
}
