/** Which part of the bytes to use. */
export interface ByteRange {
  /** First byte; 0 if left out. */
  readonly start?: number;
  /** After the last byte; the length if left out. */
  readonly end?: number;
}

/** Options of calls that may wait. */
export interface Breakable {
  /** Aborting rejects with its reason, and then nothing was or will be sent or taken. Without it nothing breaks in. */
  readonly signal?: AbortSignal;
}
