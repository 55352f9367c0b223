import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { MdnsCounters } from "../../../src/mdns/mdns.ts";
import type { Host } from "../../interop/host.ts";
import type { Lan } from "../../interop/lan.ts";
import type { Program } from "../../interop/program.ts";
import { BUILT } from "../built.ts";
import { Requests } from "../requests.ts";

const PROGRAM = fileURLToPath(new URL("churn-program.mjs", import.meta.url));

/** How the program fares. */
export interface Report {
  /** In bytes, after a full collection, less compiled code. */
  readonly heap: number;
  /** Of our functions so far. */
  readonly calls: number;
  /** Services that its browsers told of. */
  readonly events: number;
  /** Errors that nobody caught. */
  readonly escaped: readonly string[];
  readonly counters: MdnsCounters;
}

interface Member {
  readonly program: Program;
  readonly requests: Requests;
}

/** Three programs on one link that publish, browse and ask at random; one of them is killed and another loses its link. */
export class Churn {
  readonly #hosts: readonly Host[];
  readonly #rate: number;
  #members: Member[];

  constructor(lan: Lan, callsPerSecond: number) {
    const segment = lan.segment(["ipv4"]);
    this.#hosts = [lan.host(segment), lan.host(segment), lan.host(segment)];
    this.#rate = callsPerSecond;
    this.#members = this.#hosts.map((_, index) => this.#start(index));
  }

  /** Goes on for so long, with a disturbance each `period` seconds. */
  async run(seconds: number, period: number): Promise<void> {
    for (let passed = 0; passed < seconds; passed += period) {
      await delay(period * 1_000);
      await this.#disturb();
    }
  }

  /** Of the first program, which is never disturbed itself. */
  report(): Promise<Report> {
    return this.#first.requests.ask("report");
  }

  async rest(): Promise<void> {
    await this.#first.requests.ask("rest");
  }

  /** How the first program ended by itself, once it had closed everything. */
  async close(): Promise<number | NodeJS.Signals | undefined> {
    await this.#first.requests.ask("close");
    return await this.#first.program.ended;
  }

  get #first(): Member {
    return this.#members[0] as Member;
  }

  async #disturb(): Promise<void> {
    const [, second, third] = this.#members;
    await third?.program.stop("SIGKILL");
    this.#members = [this.#first, second as Member, this.#start(2)];
    const { cable } = (this.#hosts[1] as Host).interface("e0");
    cable.set("down");
    await delay(1_500);
    cable.set("up");
  }

  #start(index: number): Member {
    const host = this.#hosts[index] as Host;
    const args = ["--expose-gc", PROGRAM, BUILT, `churn-${index + 1}`, String(this.#rate)];
    const program = host.start(process.execPath, args);
    return { program, requests: new Requests(program) };
  }
}
