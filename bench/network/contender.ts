import { fileURLToPath } from "node:url";
import type { Host } from "../../test/interop/host.ts";
import type { Program } from "../../test/interop/program.ts";
import { Requests } from "./requests.ts";

export interface ServiceToPublish {
  readonly name: string;
  readonly type: string;
  readonly port: number;
  readonly txt: Readonly<Record<string, string>>;
}

/** Microseconds of CPU, user and system, and bytes of memory. */
export interface Usage {
  readonly cpu: number;
  readonly rss: number;
}

const SUBJECT = fileURLToPath(new URL("subject.mjs", import.meta.url));

/** The module of a contender: ours and the bare ones are beside this file, the others in bench/peers. */
export function contenderFile(name: string): string {
  const own = name === "earshot" || name.startsWith("bare-");
  return fileURLToPath(new URL(own ? `contenders/${name}.mjs` : `../peers/${name}.mjs`, import.meta.url));
}

/** A contender at work in a process of its own on one host. */
export class Contender {
  readonly name: string;
  readonly #program: Program;
  readonly #requests: Requests;

  constructor(host: Host, name: string) {
    this.name = name;
    const { name: interfaceName, ipv4: address } = host.interface("e0");
    const options = JSON.stringify({ interfaceName, address });
    this.#program = host.start(process.execPath, [...NODE_OPTIONS, SUBJECT, contenderFile(name), options]);
    this.#requests = new Requests(this.#program);
  }

  /** Settles when all are announced, as far as the contender tells. Times are milliseconds since 1970. */
  publish(services: readonly ServiceToPublish[]): Promise<{ startedAt: number; endedAt: number }> {
    return this.#requests.send({ command: "publish", services });
  }

  browse(type: string): Promise<{ startedAt: number }> {
    return this.#requests.send({ command: "browse", type });
  }

  found(): Promise<{ count: number; lastAt: number }> {
    return this.#requests.send({ command: "found" });
  }

  usage(): Promise<Usage> {
    return this.#requests.send({ command: "usage" });
  }

  /** Milliseconds until a browser that knows nothing has resolved `count` services; `random` settles its delays. */
  async find(task: { type: string; count: number; immediate: boolean; random: number }): Promise<number> {
    const { ms } = await this.#requests.send<{ ms: number }>({ command: "find", ...task });
    return ms;
  }

  async stop(): Promise<void> {
    await this.#program.stop("SIGKILL");
  }
}

const NODE_OPTIONS = (process.env["BENCH_NODE_OPTIONS"] ?? "").split(" ").filter(Boolean);

export function services(count: number): ServiceToPublish[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `Service ${index + 1}`,
    type: "_http._tcp",
    port: 1_000 + index,
    txt: { n: "1" },
  }));
}
