import type { ByteQueue } from "./byte-queue.ts";
import type { Frame } from "./frame.ts";

/** One way to store packets. */
export interface CaptureFormat {
  /**
   * Takes the next piece of a capture from the queue.
   * @returns the frames in it, if there are any; `undefined` when more bytes are needed
   * @throws {@link CaptureError} `ERR_CAPTURE_DAMAGED`
   */
  take(queue: ByteQueue): readonly Frame[] | undefined;
  /** What is read next, for people: `packet 17`. */
  readonly place: string;
}
