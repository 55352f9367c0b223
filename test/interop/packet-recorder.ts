import { fileURLToPath } from "node:url";
import { describeMessage } from "../sim/describe-message.ts";
import { ip } from "./namespace.ts";
import { Program } from "./program.ts";
import type { Segment } from "./segment.ts";

const PRINTER = fileURLToPath(new URL("packet-printer.mjs", import.meta.url));

export interface RecordedPacket {
  readonly from: string;
  /** One line, such as `probe | host.local ANY? | …`. */
  readonly text: string;
}

/** Every multicast packet of one segment, heard by the switch itself. */
export class PacketRecorder {
  readonly #program: Program;

  private constructor(program: Program) {
    this.#program = program;
  }

  static async start(segment: Segment): Promise<PacketRecorder> {
    const name = segment.namespace.name;
    const ipv4 = segment.families.includes("ipv4") ? [`10.77.${segment.number}.254`] : [];
    for (const address of ipv4) ip("-n", name, "address", "add", `${address}/24`, "dev", "br0");
    const program = new Program("ip", ["netns", "exec", name, process.execPath, PRINTER, "br0", ...ipv4]);
    await program.expect("the recorder listens", (line) => (line.startsWith("listening ff02") ? true : undefined));
    return new PacketRecorder(program);
  }

  get packets(): RecordedPacket[] {
    return this.#program.lines
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as { from: string; bytes: string })
      .map(({ from, bytes }) => ({ from, text: describeMessage(Buffer.from(bytes, "base64")) }));
  }
}
