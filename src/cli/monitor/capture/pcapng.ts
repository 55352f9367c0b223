import type { ByteQueue } from "./byte-queue.ts";
import { CaptureError } from "./capture-error.ts";
import type { CaptureFormat } from "./capture-format.ts";
import { type Frame, LONGEST_FRAME } from "./frame.ts";
import { type CaptureInterface, readInterface } from "./pcapng-interface.ts";

const SECTION = 0x0a0d0d0a; // the same in both byte orders
const INTERFACE = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

const BYTE_ORDER = 0x1a2b3c4d;
const SMALLEST_BLOCK = 12;
const LONGEST_BLOCK = 16_777_216; // bytes, as in Wireshark
const MOST_INTERFACES = 4_096;

/** Whether a capture that starts with this word is a pcapng file. */
export function isPcapng(start: DataView): boolean {
  return start.getUint32(0) === SECTION;
}

/** The block format of Wireshark and its kin. Blocks that hold no packets are stepped over. */
export class Pcapng implements CaptureFormat {
  #little = true;
  #interfaces: CaptureInterface[] = [];
  #blocks = 0;

  get place(): string {
    return `block ${this.#blocks + 1}`;
  }

  take(queue: ByteQueue): readonly Frame[] | undefined {
    const head = queue.peek(SMALLEST_BLOCK);
    if (head === undefined) return undefined;
    if (head.getUint32(0) === SECTION) this.#startSection(head);
    const size = head.getUint32(4, this.#little);
    if (size < SMALLEST_BLOCK || size % 4 !== 0 || size > LONGEST_BLOCK) {
      throw new CaptureError("ERR_CAPTURE_DAMAGED", `${this.place} cannot have ${size} bytes`);
    }
    const block = queue.peek(size);
    if (block === undefined) return undefined;
    if (block.getUint32(size - 4, this.#little) !== size) throw this.#damaged("two lengths");
    const body = new DataView(block.buffer, block.byteOffset + 8, size - SMALLEST_BLOCK);
    const frame = this.#readBlock(block.getUint32(0, this.#little), body);
    queue.drop(size);
    this.#blocks++;
    return frame === undefined ? [] : [frame];
  }

  #startSection(head: DataView): void {
    this.#little = head.getUint32(8, true) === BYTE_ORDER;
    if (head.getUint32(8, this.#little) !== BYTE_ORDER) throw this.#damaged("no byte order");
    this.#interfaces = [];
  }

  #readBlock(type: number, body: DataView): Frame | undefined {
    if (type === INTERFACE) this.#addInterface(body);
    if (type === SIMPLE_PACKET) return this.#simpleFrame(body);
    if (type !== ENHANCED_PACKET && type !== OBSOLETE_PACKET) return undefined;
    if (body.byteLength < 20) throw this.#damaged("no room for a packet");
    const index = type === ENHANCED_PACKET ? body.getUint32(0, this.#little) : body.getUint16(0, this.#little);
    const units = body.getUint32(4, this.#little) * 2 ** 32 + body.getUint32(8, this.#little);
    return this.#frame(index, units, body, 20, body.getUint32(12, this.#little));
  }

  /** It has no time, and is of the first interface. */
  #simpleFrame(body: DataView): Frame {
    if (body.byteLength < 4) throw this.#damaged("no room for a packet");
    return this.#frame(0, undefined, body, 4, Math.min(body.getUint32(0, this.#little), body.byteLength - 4));
  }

  #addInterface(body: DataView): void {
    if (body.byteLength < 8) throw this.#damaged("no room for an interface");
    if (this.#interfaces.length === MOST_INTERFACES) throw this.#damaged(`more than ${MOST_INTERFACES} interfaces`);
    this.#interfaces.push(readInterface(body, this.#little));
  }

  #frame(index: number, units: number | undefined, body: DataView, start: number, size: number): Frame {
    const found = this.#interfaces[index];
    if (found === undefined) throw this.#damaged(`a packet of interface ${index}, which is not described`);
    const room = Math.min(LONGEST_FRAME, body.byteLength - start);
    if (size > room) throw this.#damaged(`a packet of ${size} bytes`);
    const at = units === undefined ? undefined : units / (found.perSecond / 1e3) + found.offset;
    const bytes = new Uint8Array(body.buffer, body.byteOffset + start, size);
    return { at, linkType: found.linkType, interface: found.name, bytes };
  }

  #damaged(what: string): CaptureError {
    return new CaptureError("ERR_CAPTURE_DAMAGED", `${this.place} has ${what}`);
  }
}
