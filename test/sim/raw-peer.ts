import type { Family } from "../../src/mdns/core/datagram.ts";
import { encodeMessage } from "../../src/mdns/wire/encode.ts";
import type { Message } from "../../src/mdns/wire/message.ts";
import { describeMessage, readMessage } from "./describe-message.ts";
import { type Frame, MDNS_PORT, type Port } from "./frame.ts";
import type { Segment } from "./segment.ts";
import type { SimClock } from "./sim-clock.ts";

export interface RawPeerOptions {
  readonly name: string;
  readonly segment: Segment;
  readonly clock: SimClock;
  readonly addresses: Readonly<Partial<Record<Family, string>>>;
}

/** A peer with no mDNS in it: sends what a test says, and keeps what it hears. */
export class RawPeer implements Port {
  readonly label: string;
  readonly addresses: Readonly<Partial<Record<Family, string>>>;
  readonly heard: { readonly time: number; readonly frame: Frame; readonly message: Message | undefined }[] = [];
  /** Called with each message heard, to answer at once. */
  onMessage: ((message: Message, frame: Frame) => void) | undefined;
  readonly #segment: Segment;
  readonly #clock: SimClock;

  constructor(options: RawPeerOptions) {
    this.label = options.name;
    this.addresses = options.addresses;
    this.#segment = options.segment;
    this.#clock = options.clock;
    options.segment.attach(this);
  }

  /** Sends from `port` (5353 if left out) to the group, or to an address at port 5353. */
  send(
    content: Partial<Message> | Uint8Array,
    options: { readonly family?: Family; readonly port?: number; readonly to?: string } = {},
  ): void {
    const { family = "ipv4", port = MDNS_PORT, to } = options;
    const address = this.addresses[family];
    if (address === undefined) throw new RangeError(`${this.label} has no ${family} address`);
    const bytes = content instanceof Uint8Array ? content : encodeMessage(content);
    const destination = to === undefined ? "group" : { family, address: to, port: MDNS_PORT };
    this.#segment.transmit({ bytes, source: { family, address, port }, destination }, this);
  }

  accepts({ source, destination }: Frame): boolean {
    const own = this.addresses[source.family];
    return own !== undefined && (destination === "group" || destination.address === own);
  }

  receive(frame: Frame): void {
    const message = readMessage(frame.bytes);
    this.heard.push({ time: this.#clock.now(), frame, message });
    if (message !== undefined) this.onMessage?.(message, frame);
  }

  /** What was heard, a line each. */
  get transcript(): readonly string[] {
    return this.heard.map(({ time, frame }) => `${time} ${describeMessage(frame.bytes)}`);
  }
}
