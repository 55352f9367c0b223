import { fileURLToPath } from "node:url";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import type { Message } from "../../../src/mdns/wire/message.ts";
import type { Host } from "../../interop/host.ts";
import type { Program } from "../../interop/program.ts";
import type { Overheard, Shot } from "./attacker-program.ts";

const PROGRAM = fileURLToPath(new URL("attacker-program.ts", import.meta.url));
const PATIENCE = 30_000; // ms

/** A datagram that the attacker heard. */
export interface Heard extends Omit<Overheard, "bytes"> {
  readonly message: Message;
  readonly size: number;
}

/** Sends whatever it is told to from plain sockets, and keeps what it hears. */
export class Attacker {
  readonly #program: Program;

  private constructor(program: Program) {
    this.#program = program;
  }

  static async start(host: Host): Promise<Attacker> {
    const { ipv4 = "" } = host.interface("e0");
    const program = host.start(process.execPath, ["--import", "tsx", PROGRAM, ipv4]);
    await program.expect("the attacker is ready", (line) => (line.includes("ready") ? true : undefined), {
      within: PATIENCE,
    });
    return new Attacker(program);
  }

  send(content: Partial<Message> | Uint8Array, shot: Omit<Shot, "bytes"> = {}): void {
    const bytes = content instanceof Uint8Array ? content : encodeMessage(content);
    this.#program.write(JSON.stringify({ ...shot, bytes: Buffer.from(bytes).toString("hex") } satisfies Shot));
  }

  /** To be given as `after`, so that only what comes from now on counts. */
  get mark(): number {
    return this.#program.lines.length;
  }

  /** All that was heard after a mark. */
  heard(after = 0): readonly Heard[] {
    return this.#program.lines.slice(after).flatMap((line) => read(line) ?? []);
  }

  /** The first datagram that matches. */
  async next(what: string, matches: (heard: Heard) => boolean, after: number, within = PATIENCE): Promise<Heard> {
    const find = (line: string): Heard | undefined => {
      const heard = read(line);
      return heard !== undefined && matches(heard) ? heard : undefined;
    };
    return await this.#program.expect(what, find, { within, after });
  }
}

function read(line: string): Heard | undefined {
  const parsed = JSON.parse(line) as Overheard | { readonly ready: true };
  if ("ready" in parsed) return undefined;
  const { bytes, ...rest } = parsed;
  return { ...rest, size: bytes.length / 2, message: decodeMessage(Buffer.from(bytes, "hex")) };
}
