/** The types that are spoken with Avahi. */
export type DbusArgument =
  | readonly ["i" | "u" | "q", number]
  | readonly ["s" | "o", string]
  | readonly ["aay", readonly Uint8Array[]];

export interface DbusCall {
  readonly serial: number;
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly arguments: readonly DbusArgument[];
}

export interface DbusMessage {
  readonly type: "call" | "return" | "error" | "signal";
  readonly replySerial: number | undefined;
  readonly path: string | undefined;
  readonly member: string | undefined;
  readonly errorName: string | undefined;
  readonly body: Buffer;
}

const TYPES = ["call", "return", "error", "signal"] as const;
const FIELD = { path: 1, interface: 2, member: 3, errorName: 4, replySerial: 5, destination: 6, signature: 8 } as const;

class Writer {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  align(size: number): void {
    while (this.#bytes.length % size !== 0) this.#bytes.push(0);
  }

  byte(value: number): void {
    this.#bytes.push(value & 0xff);
  }

  integer(value: number, size: 2 | 4): void {
    this.align(size);
    for (let index = 0; index < size; index += 1) this.byte(value >> (8 * index));
  }

  string(text: string): void {
    const bytes = Buffer.from(text);
    this.integer(bytes.length, 4);
    this.#bytes.push(...bytes, 0);
  }

  signature(text: string): void {
    this.byte(text.length);
    this.#bytes.push(...Buffer.from(text), 0);
  }

  /** A length in bytes, then what `write` adds; the length leaves out the padding before the first element. */
  array(elementAlignment: number, write: () => void): void {
    this.integer(0, 4);
    const lengthAt = this.#bytes.length - 4;
    this.align(elementAlignment);
    const start = this.#bytes.length;
    write();
    const length = this.#bytes.length - start;
    for (let index = 0; index < 4; index += 1) this.#bytes[lengthAt + index] = (length >> (8 * index)) & 0xff;
  }

  append(bytes: Uint8Array): void {
    for (const byte of bytes) this.#bytes.push(byte);
  }

  finish(): Buffer {
    return Buffer.from(this.#bytes);
  }
}

export function encodeCall(call: DbusCall): Buffer {
  const body = new Writer();
  for (const argument of call.arguments) writeArgument(body, argument);
  const message = new Writer();
  message.append(Buffer.from([0x6c, 1, 0, 1])); // little-endian, method call, no flags, version 1
  message.integer(body.length, 4);
  message.integer(call.serial, 4);
  message.array(8, () => {
    const field = (code: number, signature: "o" | "s" | "g", text: string): void => {
      message.align(8);
      message.byte(code);
      message.signature(signature);
      if (signature === "g") message.signature(text);
      else message.string(text);
    };
    field(FIELD.path, "o", call.path);
    field(FIELD.destination, "s", call.destination);
    field(FIELD.interface, "s", call.interface);
    field(FIELD.member, "s", call.member);
    if (call.arguments.length > 0) field(FIELD.signature, "g", call.arguments.map(([type]) => type).join(""));
  });
  message.align(8);
  message.append(body.finish());
  return message.finish();
}

function writeArgument(writer: Writer, argument: DbusArgument): void {
  switch (argument[0]) {
    case "q":
      writer.integer(argument[1], 2);
      break;
    case "i":
    case "u":
      writer.integer(argument[1], 4);
      break;
    case "s":
    case "o":
      writer.string(argument[1]);
      break;
    case "aay":
      writer.array(4, () => {
        for (const bytes of argument[1]) writer.array(1, () => writer.append(bytes));
      });
      break;
  }
}

/** The first message in `bytes` and what follows it; `undefined` until it is there whole. */
export function decodeMessage(bytes: Buffer): { message: DbusMessage; rest: Buffer } | undefined {
  if (bytes.length < 16) return undefined;
  const fieldsEnd = 16 + bytes.readUInt32LE(12);
  const bodyStart = aligned(fieldsEnd, 8);
  const end = bodyStart + bytes.readUInt32LE(4);
  if (bytes.length < end) return undefined;
  const fields = new Map<number, string | number>();
  for (let at = 16; at < fieldsEnd; ) {
    at = aligned(at, 8);
    const code = bytes.readUInt8(at);
    const signature = String.fromCharCode(bytes.readUInt8(at + 2));
    at += 4; // the code and a signature of one letter
    if (signature === "u") {
      fields.set(code, bytes.readUInt32LE(at));
      at += 4;
    } else {
      const width = signature === "g" ? 1 : 4;
      const start = at + width;
      const length = width === 1 ? bytes.readUInt8(at) : bytes.readUInt32LE(at);
      fields.set(code, bytes.toString("utf8", start, start + length));
      at = start + length + 1;
    }
  }
  const text = (code: number): string | undefined => fields.get(code)?.toString();
  const replySerial = fields.get(FIELD.replySerial);
  const message = {
    type: TYPES[bytes.readUInt8(1) - 1] ?? "signal",
    replySerial: typeof replySerial === "number" ? replySerial : undefined,
    path: text(FIELD.path),
    member: text(FIELD.member),
    errorName: text(FIELD.errorName),
    body: bytes.subarray(bodyStart, end),
  };
  return { message, rest: bytes.subarray(end) };
}

/** The string that the body begins with, as in a reply with one string or object path. */
export function firstString(body: Buffer): string {
  return body.toString("utf8", 4, 4 + body.readUInt32LE(0));
}

function aligned(offset: number, size: number): number {
  return Math.ceil(offset / size) * size;
}
