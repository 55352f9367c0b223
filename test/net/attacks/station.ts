import { fileURLToPath } from "node:url";
import type { MdnsCounters } from "../../../src/mdns/mdns.ts";
import type { Host } from "../../interop/host.ts";
import type { Program } from "../../interop/program.ts";
import { BUILT } from "../built.ts";
import { parsed, Requests } from "../requests.ts";

/** How the program fares; delays are those since the last report. */
export interface Report {
  /** Of the event loop, 99th percentile and worst, in milliseconds. */
  readonly delay: { readonly p99: number; readonly worst: number };
  /** Used since the start, in microseconds. */
  readonly cpu: number;
  /** In bytes. */
  readonly memory: { readonly rss: number; readonly heap: number };
  readonly counters: MdnsCounters;
  /** Errors that nobody caught. */
  readonly escaped: readonly string[];
}

const PROGRAM = fileURLToPath(new URL("station-program.mjs", import.meta.url));
const PATIENCE = 30_000; // ms

/** `station-program.mjs` on the built package, at work on a host of the test LAN. */
export class Station {
  readonly #program: Program;
  readonly #requests: Requests;

  private constructor(program: Program) {
    this.#program = program;
    this.#requests = new Requests(program);
  }

  /** @param nodeOptions - such as `--max-old-space-size=64` */
  static async start(
    host: Host,
    name: string,
    nodeOptions: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Station> {
    const program = host.start(process.execPath, [...nodeOptions, PROGRAM, BUILT, name], { env });
    const find = (line: string): true | undefined => (line === '{"ready":true}' ? true : undefined);
    await program.expect(`${name} is ready`, find, { within: PATIENCE });
    return new Station(program);
  }

  /** @returns the name it got, and when it was announced */
  publish(
    name: string,
    type: string,
    port: number,
    txt?: Readonly<Record<string, string>>,
  ): Promise<{ readonly name: string; readonly at: number }> {
    return this.#requests.ask("publish", { name, type, port, txt });
  }

  async lookup(host: string, timeout: number): Promise<readonly string[]> {
    return (await this.#requests.ask<{ readonly addresses: readonly string[] }>("lookup", { host, timeout })).addresses;
  }

  resolve(name: string, type: string, timeout: number): Promise<unknown> {
    return this.#requests.ask("resolve", { name, type, timeout });
  }

  browse(type: string): Promise<unknown> {
    return this.#requests.ask("browse", { type });
  }

  /** When a browser of this station first saw the service at `port`, in milliseconds since 1970, and its name. */
  async saw(port: number, within: number = PATIENCE): Promise<Sighting> {
    const find = (line: string): Sighting | undefined => {
      const sighting = parsed<Sighting & { readonly found: number }>(line);
      return sighting.found === port ? (sighting as Sighting) : undefined;
    };
    return await this.#program.expect(`the service at port ${port} is found`, find, { within });
  }

  /** A browser of this station lost the service at `port`. */
  async lost(port: number): Promise<void> {
    const find = (line: string): true | undefined => (parsed<{ lost: number }>(line).lost === port ? true : undefined);
    await this.#program.expect(`the service at port ${port} is lost`, find, { within: PATIENCE });
  }

  /** How long it takes one that knows nothing to find the service at `port`, in milliseconds. */
  async find(type: string, port: number, within: number = PATIENCE): Promise<number> {
    return (await this.#requests.ask<{ readonly ms: number }>("find", { type, port, within })).ms;
  }

  /** RFC 6762 §10.4 */
  reconfirm(name: string): Promise<unknown> {
    return this.#requests.ask("reconfirm", { name });
  }

  /** Its event loop stands still for so long. */
  block(ms: number): Promise<unknown> {
    return this.#requests.ask("block", { ms });
  }

  /** Ends it without a goodbye. */
  kill(): Promise<unknown> {
    return this.#program.stop("SIGKILL");
  }

  report(): Promise<Report> {
    return this.#requests.ask("report");
  }

  /** How it ended by itself, once it has closed everything. */
  async close(): Promise<number | NodeJS.Signals | undefined> {
    await this.#requests.ask("close");
    return await this.#program.ended;
  }
}

interface Sighting {
  readonly at: number;
  readonly name: string;
}
