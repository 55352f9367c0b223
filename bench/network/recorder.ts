import { fileURLToPath } from "node:url";
import type { Lan } from "../../test/interop/lan.ts";
import type { Segment } from "../../test/interop/segment.ts";
import { Requests } from "./requests.ts";

export interface Summary {
  readonly probes: number;
  readonly responses: number;
  readonly queries: number;
  readonly total: number;
  readonly bytes: number;
  /** Services with an SRV record in a response. */
  readonly announced: number;
  /** When the last of them was first seen, in milliseconds since 1970; 0 if some were not. */
  readonly allAt: number;
  readonly lastAt: number;
}

const RECORDER = fileURLToPath(new URL("load/recorder.mjs", import.meta.url));

/** A host that hears all multicast packets of a segment. */
export class Recorder {
  readonly #requests: Requests;

  private constructor(requests: Requests) {
    this.#requests = requests;
  }

  static async start(lan: Lan, segment: Segment): Promise<Recorder> {
    const host = lan.host(segment);
    const program = host.start(process.execPath, [RECORDER, host.interface("e0").ipv4 ?? ""]);
    await program.expect("the recorder listens", (line) => (line === "listening" ? true : undefined));
    return new Recorder(new Requests(program));
  }

  clear(): Promise<unknown> {
    return this.#requests.send({ command: "clear" });
  }

  summary(services = 0): Promise<Summary> {
    return this.#requests.send({ command: "summary", count: services });
  }
}
