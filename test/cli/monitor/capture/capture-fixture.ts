/** What a test puts into a UDP datagram on the wire. */
export interface Wire {
  readonly source?: string;
  readonly destination?: string;
  readonly sourcePort?: number;
  readonly destinationPort?: number;
  readonly ttl?: number;
  readonly payload?: Uint8Array;
}

function bytes(...parts: readonly (number | Uint8Array)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === "number" ? Uint8Array.of(part) : part)));
}

function uint16(value: number): Uint8Array {
  return Uint8Array.of(value >> 8, value & 0xff);
}

export function udp({ sourcePort = 5353, destinationPort = 5353, payload = Buffer.from("hello") }: Wire): Uint8Array {
  return bytes(uint16(sourcePort), uint16(destinationPort), uint16(8 + payload.length), uint16(0), payload);
}

/** An IPv4 packet; `flags` is the word with DF, MF and the fragment offset. */
export function ipv4(
  wire: Wire = {},
  { flags = 0, options = new Uint8Array(), protocol = 17, data = udp(wire) } = {},
): Uint8Array {
  const { source = "10.77.1.2", destination = "224.0.0.251", ttl = 255 } = wire;
  const size = 20 + options.length + data.length;
  const address = (text: string) => Uint8Array.from(text.split("."), Number);
  return bytes(
    0x45 + options.length / 4,
    0,
    uint16(size),
    uint16(1),
    uint16(flags),
    ttl,
    protocol,
    uint16(0),
    address(source),
    address(destination),
    options,
    data,
  );
}

/** An IPv6 packet from fe80::1 to ff02::fb; `extensions` are whole headers, `next` the first header's number. */
export function ipv6(wire: Wire = {}, { next = 17, extensions = new Uint8Array() } = {}): Uint8Array {
  const data = bytes(extensions, udp(wire));
  const address = (first: number, last: number) => bytes(uint16(first), new Uint8Array(12), uint16(last));
  const addresses = bytes(address(0xfe80, 1), address(0xff02, 0xfb));
  return bytes(Uint8Array.of(0x60, 0, 0, 0), uint16(data.length), next, wire.ttl ?? 255, addresses, data);
}

export function ethernet(packet: Uint8Array, { tags = [] as readonly number[] } = {}): Uint8Array {
  const type = (packet[0] ?? 0) >> 4 === 6 ? 0x86dd : 0x0800;
  const vlan = tags.map((tag) => bytes(uint16(tag), uint16(7)));
  return bytes(new Uint8Array(12), ...vlan, uint16(type), packet);
}

export interface FileStyle {
  readonly little?: boolean;
  readonly nanoseconds?: boolean;
  /** Between one frame and the next; 1 unless said otherwise. Only of pcap. */
  readonly secondsApart?: number;
  readonly linkType?: number;
}

/** 2026-01-01T12:00:00.25Z, in milliseconds. */
export const NOON = 1_767_268_800_250;

/** A pcap file of frames, the first one at {@link NOON}, the others a second later each. */
export function pcap(frames: readonly Uint8Array[], style: FileStyle = {}): Uint8Array {
  const { little = true, nanoseconds = false, linkType = 1, secondsApart = 1 } = style;
  const word = wordWriter(little);
  const fraction = nanoseconds ? 250_000_000 : 250_000;
  return bytes(
    word(nanoseconds ? 0xa1b23c4d : 0xa1b2c3d4),
    little ? Uint8Array.of(2, 0, 4, 0) : Uint8Array.of(0, 2, 0, 4),
    new Uint8Array(8),
    word(262_144),
    word(linkType),
    ...frames.flatMap((frame, index) => [
      word(Math.floor(NOON / 1e3) + index * secondsApart),
      word(fraction),
      word(frame.length),
      word(frame.length),
      frame,
    ]),
  );
}

/** A pcapng file with one section and one interface "e0"; times are as in {@link pcap}. */
export function pcapng(frames: readonly Uint8Array[], style: FileStyle = {}): Uint8Array {
  const { little = true, nanoseconds = false, linkType = 1 } = style;
  const word = wordWriter(little);
  const half = (value: number) => (little ? Uint8Array.of(value & 0xff, value >> 8) : uint16(value));
  const block = (type: number, body: Uint8Array) => {
    const padded = bytes(body, new Uint8Array((4 - (body.length % 4)) % 4));
    return bytes(word(type), word(padded.length + 12), padded, word(padded.length + 12));
  };
  const option = (code: number, value: Uint8Array) =>
    bytes(half(code), half(value.length), value, new Uint8Array((4 - (value.length % 4)) % 4));
  const options = bytes(option(2, Buffer.from("e0")), option(9, Uint8Array.of(nanoseconds ? 9 : 6)), new Uint8Array(4));
  return bytes(
    block(0x0a0d0d0a, bytes(word(0x1a2b3c4d), half(1), half(0), new Uint8Array(8).fill(0xff))),
    block(1, bytes(half(linkType), half(0), word(262_144), options)),
    block(5, new Uint8Array(12)), // statistics, which are stepped over
    ...frames.map((frame, index) => {
      const units = (BigInt(NOON) + BigInt(index) * 1_000n) * (nanoseconds ? 1_000_000n : 1_000n);
      const time = bytes(word(Number(units >> 32n)), word(Number(units & 0xffffffffn)));
      return block(6, bytes(word(0), time, word(frame.length), word(frame.length), frame));
    }),
  );
}

function wordWriter(little: boolean): (value: number) => Uint8Array {
  return (value) => {
    const word = Buffer.alloc(4);
    if (little) word.writeUInt32LE(value);
    else word.writeUInt32BE(value);
    return word;
  };
}
