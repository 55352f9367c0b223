/** One packet of a capture, as it was on its link. */
export interface Frame {
  /** The time of day in milliseconds, with fractions; `undefined` where the capture does not tell. */
  readonly at: number | undefined;
  /** What the bytes begin with: a LINKTYPE number of the capture formats. */
  readonly linkType: number;
  /** Where it was captured, if that has a name. */
  readonly interface: string | undefined;
  /** As much of it as was captured. */
  readonly bytes: Uint8Array;
}

/** Bytes that a frame may have, as in libpcap; more means that what was read is no length. */
export const LONGEST_FRAME = 262_144;
