import { ByteQueue } from "./byte-queue.ts";
import { CaptureError } from "./capture-error.ts";
import type { CaptureFormat } from "./capture-format.ts";
import type { Frame } from "./frame.ts";
import { isPcap, Pcap } from "./pcap.ts";
import { isPcapng, Pcapng } from "./pcapng.ts";

const GZIP = 0x1f8b;
const ZSTANDARD = 0x28b5;

/** Reads a capture, which comes in chunks of any size. */
export class CaptureReader {
  readonly #queue = new ByteQueue();
  #format: CaptureFormat | undefined;

  /** The frames that the chunk completes. @throws {@link CaptureError} after those before the fault */
  *push(chunk: Uint8Array): Generator<Frame, void> {
    this.#queue.push(chunk);
    this.#format ??= formatOf(this.#queue);
    if (this.#format === undefined) return;
    for (let frames = this.#format.take(this.#queue); frames !== undefined; frames = this.#format.take(this.#queue)) {
      yield* frames;
    }
  }

  /** There are no more bytes. @throws {@link CaptureError} when there should be */
  end(): void {
    if (this.#format === undefined) {
      const size = this.#queue.length;
      throw new CaptureError("ERR_CAPTURE_FORMAT", size === 0 ? "it is empty" : `it has only ${size} bytes`);
    }
    if (this.#queue.length > 0) {
      throw new CaptureError("ERR_CAPTURE_CUT", `it ends in the middle of ${this.#format.place}`);
    }
  }
}

function formatOf(queue: ByteQueue): CaptureFormat | undefined {
  const start = queue.peek(4);
  if (start === undefined) return undefined;
  if (isPcap(start)) return new Pcap();
  if (isPcapng(start)) return new Pcapng();
  if ([GZIP, ZSTANDARD].includes(start.getUint16(0))) {
    throw new CaptureError("ERR_CAPTURE_FORMAT", "it is compressed; decompress it first");
  }
  const word = start.getUint32(0).toString(16).padStart(8, "0");
  throw new CaptureError("ERR_CAPTURE_FORMAT", `it is neither pcap nor pcapng; it begins with 0x${word}`);
}
