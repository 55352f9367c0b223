import { fileURLToPath } from "node:url";
import type { Lan } from "../../test/interop/lan.ts";
import type { Segment } from "../../test/interop/segment.ts";
import { Requests } from "./requests.ts";

const TALKER = fileURLToPath(new URL("load/talker.mjs", import.meta.url));

/** A host that multicasts what it is told to. */
export class Talker {
  readonly #requests: Requests;

  constructor(lan: Lan, segment: Segment) {
    const host = lan.host(segment);
    this.#requests = new Requests(host.start(process.execPath, [TALKER, host.interface("e0").ipv4 ?? ""]));
  }

  /** One packet for each service. Without a rate in packets a second they go as fast as they can. */
  services(task: { count: number; rate: number | undefined; prefix: string; type: string }): Promise<{
    startedAt: number;
    endedAt: number;
  }> {
    return this.#requests.send({ command: "services", ...task });
  }

  /** Packets that concern nobody. */
  unrelated(rate: number, seconds: number): Promise<unknown> {
    return this.#requests.send({ command: "unrelated", rate, seconds });
  }
}
