import type { ByteQueue } from "./byte-queue.ts";
import { CaptureError } from "./capture-error.ts";
import type { CaptureFormat } from "./capture-format.ts";
import { type Frame, LONGEST_FRAME } from "./frame.ts";

const FILE_HEADER = 24;
const FRAME_HEADER = 16;
const LINK_TYPE = 0xffff; // the bits above tell of a frame check sequence

/** Fractions of a second by magic number. */
const FRACTIONS: ReadonlyMap<number, number> = new Map([
  [0xa1b2c3d4, 1e6],
  [0xa1b23c4d, 1e9],
]);

/** Whether a capture that starts with this word, in either byte order, is a pcap file. */
export function isPcap(start: DataView): boolean {
  return FRACTIONS.has(start.getUint32(0, true)) || FRACTIONS.has(start.getUint32(0, false));
}

/** The classic capture format of libpcap. */
export class Pcap implements CaptureFormat {
  #header: { readonly little: boolean; readonly perSecond: number; readonly linkType: number } | undefined;
  #frames = 0;

  take(queue: ByteQueue): readonly Frame[] | undefined {
    if (this.#header === undefined) return this.#readHeader(queue);
    const { little, perSecond, linkType } = this.#header;
    const head = queue.peek(FRAME_HEADER);
    if (head === undefined) return undefined;
    const size = head.getUint32(8, little);
    if (size > LONGEST_FRAME) {
      throw new CaptureError("ERR_CAPTURE_DAMAGED", `packet ${this.#frames + 1} cannot have ${size} bytes`);
    }
    const whole = queue.peek(FRAME_HEADER + size);
    if (whole === undefined) return undefined;
    const at = whole.getUint32(0, little) * 1e3 + (whole.getUint32(4, little) * 1e3) / perSecond;
    const bytes = new Uint8Array(whole.buffer, whole.byteOffset + FRAME_HEADER, size);
    queue.drop(FRAME_HEADER + size);
    this.#frames++;
    return [{ at, linkType, interface: undefined, bytes }];
  }

  get place(): string {
    return this.#header === undefined ? "its header" : `packet ${this.#frames + 1}`;
  }

  #readHeader(queue: ByteQueue): readonly Frame[] | undefined {
    const head = queue.peek(FILE_HEADER);
    if (head === undefined) return undefined;
    const little = FRACTIONS.has(head.getUint32(0, true));
    const perSecond = FRACTIONS.get(head.getUint32(0, little)) ?? 1e6;
    this.#header = { little, perSecond, linkType: head.getUint32(20, little) & LINK_TYPE };
    queue.drop(FILE_HEADER);
    return [];
  }
}
