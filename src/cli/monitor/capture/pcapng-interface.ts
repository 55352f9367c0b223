/** An interface that packets of a pcapng section were captured on. */
export interface CaptureInterface {
  readonly linkType: number;
  readonly name: string | undefined;
  /** Units of its time stamps in a second. */
  readonly perSecond: number;
  /** Milliseconds to add to its time stamps. */
  readonly offset: number;
}

const END = 0;
const NAME = 2;
const TIME_RESOLUTION = 9;
const TIME_OFFSET = 14;

/** Reads the body of an interface description block; options that do not fit are left out. */
export function readInterface(body: DataView, little: boolean): CaptureInterface {
  const options = readOptions(body, 8, little);
  const name = options.get(NAME);
  const resolution = options.get(TIME_RESOLUTION);
  const offset = options.get(TIME_OFFSET);
  return {
    linkType: body.getUint16(0, little),
    name: name && text(name),
    perSecond: resolution === undefined || resolution.byteLength < 1 ? 1e6 : perSecond(resolution.getUint8(0)),
    offset: offset === undefined || offset.byteLength < 8 ? 0 : Number(offset.getBigInt64(0, little)) * 1e3,
  };
}

function readOptions(body: DataView, start: number, little: boolean): ReadonlyMap<number, DataView> {
  const options = new Map<number, DataView>();
  for (let at = start; at + 4 <= body.byteLength; ) {
    const code = body.getUint16(at, little);
    const size = body.getUint16(at + 2, little);
    if (code === END || at + 4 + size > body.byteLength) break;
    if (!options.has(code)) options.set(code, new DataView(body.buffer, body.byteOffset + at + 4, size));
    at += 4 + Math.ceil(size / 4) * 4;
  }
  return options;
}

/** The highest bit tells whether the rest is a power of 2 or of 10. */
function perSecond(resolution: number): number {
  return resolution >= 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution;
}

function text(bytes: DataView): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8").replace(/\0.*$/s, "");
}
