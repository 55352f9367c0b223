import type { Message } from "../../src/mdns/wire/message.ts";
import { describeMessage, readMessage } from "./describe-message.ts";
import type { Frame, Port } from "./frame.ts";
import type { Segment } from "./segment.ts";

/** One frame put on a segment. */
export class Packet {
  readonly time: number;
  readonly segment: Segment;
  readonly from: Port;
  readonly frame: Frame;
  readonly #fates: string[] = [];

  constructor(time: number, segment: Segment, from: Port, frame: Frame) {
    this.time = time;
    this.segment = segment;
    this.from = from;
    this.frame = frame;
  }

  /** `undefined` when it cannot be read. */
  get message(): Message | undefined {
    return readMessage(this.frame.bytes);
  }

  /** Notes that a receiver got not exactly one whole copy. */
  noteFate(port: Port, received: number): void {
    this.#fates.push(received === 0 ? `-${port.label}` : received === 1 ? `~${port.label}` : `+${port.label}`);
  }

  /** In one line: ms, segment, sender, destination, content; then who lost it (-), got it twice (+) or broken (~). */
  toString(): string {
    const { source, destination } = this.frame;
    const to = destination === "group" ? "group" : `${destination.address}:${destination.port}`;
    const version = source.family === "ipv4" ? "4" : "6";
    const head = `${at(this.time)} ${this.segment.name} ${this.from.label} >${version} ${to}`;
    return `${head}  ${describeMessage(this.frame.bytes)}${this.#fates.length > 0 ? `  [${this.#fates.join(" ")}]` : ""}`;
  }
}

function at(time: number): string {
  return time.toFixed(1).padStart(11);
}

/** The last packets put on any segment, and who wants to see each of them. */
export class PacketLog {
  readonly #capacity: number;
  readonly #listeners = new Set<(packet: Packet) => void>();
  readonly #remarks: { readonly time: number; readonly text: string }[] = [];
  #packets: Packet[] = [];
  #total = 0;

  /** @param capacity - packets that are kept */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The packets kept, oldest first. */
  get packets(): readonly Packet[] {
    return this.#packets.slice(-this.#capacity);
  }

  /** Packets noted, kept or not. */
  get total(): number {
    return this.#total;
  }

  note(time: number, segment: Segment, from: Port, frame: Frame): Packet {
    const packet = new Packet(time, segment, from, frame);
    this.#total++;
    if (this.#capacity > 0) this.#packets.push(packet);
    if (this.#packets.length > 2 * this.#capacity) this.#packets = this.#packets.slice(-this.#capacity);
    for (const listener of this.#listeners) listener(packet);
    return packet;
  }

  /** Shows every packet from now on; returns a function that ends it. */
  watch(listener: (packet: Packet) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Notes something other than a packet, to be shown among them. */
  remark(time: number, text: string): void {
    if (this.#capacity > 0) this.#remarks.push({ time, text });
  }

  /** @param last - how many packets @default all that are kept */
  format(last: number = this.#capacity): string {
    const packets = this.packets.slice(-last);
    const start = packets[0]?.time ?? 0;
    const lines = [
      ...packets.map((packet) => ({ time: packet.time, text: packet.toString() })),
      ...this.#remarks
        .filter(({ time }) => time >= start)
        .map(({ time, text }) => ({ time, text: `${at(time)} -- ${text}` })),
    ];
    return lines
      .sort((a, b) => a.time - b.time)
      .map(({ text }) => text)
      .join("\n");
  }
}
