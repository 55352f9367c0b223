import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { networkInterfaces } from "node:os";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const SOURCE = ["--import", "tsx", "--import", fileURLToPath(new URL("../../source-imports.mjs", import.meta.url))];

/** The name of this machine's loopback interface. */
export const LOOPBACK: string =
  Object.entries(networkInterfaces()).find(([, addresses]) => addresses?.some(({ internal }) => internal))?.[0] ?? "lo";

/** A service type that no other test uses. */
export function uniqueType(): string {
  return `_t${Math.random().toString(36).slice(2, 10)}._tcp`;
}

/** A name that no other test uses. */
export function uniqueHost(): string {
  return `h${Math.random().toString(36).slice(2, 12)}`;
}

const NAMESPACE = ["-rn", "sh", "-c", 'ip link set lo up && exec "$0" "$@"'];

/** Why programs cannot have a network of their own here; undefined if they can. */
export const noNamespace: string | undefined =
  process.platform === "linux" && spawnSync("unshare", [...NAMESPACE, "true"]).status === 0
    ? undefined
    : "a network namespace needs Linux, unshare and ip";

const NOBODY = 65_534;

export interface ProgramOptions {
  /** In a network namespace of its own, with loopback only. */
  readonly alone?: boolean;
  /** In this network namespace. */
  readonly namespace?: string;
  /** Not as root. */
  readonly ordinary?: boolean;
  /** Further environment variables. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A program on the source, in a process of its own. */
export class Program {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<{ readonly status: number | null; readonly output: string }>;
  #output = "";
  #changed: () => void = () => {};

  constructor(args: readonly string[], { alone = false, namespace, ordinary = false, env = {} }: ProgramOptions = {}) {
    const place = alone ? ["unshare", ...NAMESPACE] : namespace === undefined ? [] : ["ip", "netns", "exec", namespace];
    const [file = "", ...rest] = [...place, process.execPath, ...SOURCE, ...args];
    const user = ordinary && process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    this.child = spawn(file, rest, { cwd: ROOT, env: { ...process.env, ...env }, ...user });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream.on("data", (data) => {
        this.#output += data;
        this.#changed();
      });
    }
    this.ended = new Promise((resolve) => {
      this.child.once("close", (status) => resolve({ status, output: this.#output }));
    });
    onTestFinished(() => void this.child.kill("SIGKILL"));
  }

  /** How much it has printed so far. */
  get printed(): number {
    return this.#output.length;
  }

  /** Resolves with the match once the output has it, `after` that much of it. */
  prints(pattern: RegExp, after = 0): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      this.#changed = () => {
        const match = pattern.exec(this.#output.slice(after));
        if (match !== null) resolve(match);
      };
      this.#changed();
      void this.ended.then(({ output }) => reject(new Error(`it ended without ${pattern}: ${output}`)));
    });
  }
}

/** Runs a module on the source to its end. */
export function script(code: string, options?: ProgramOptions): Program {
  return new Program(["--input-type=module", "--eval", `import { Mdns, MdnsError } from "earshot";\n${code}`], options);
}
