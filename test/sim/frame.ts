import type { Family, Peer } from "../../src/mdns/core/datagram.ts";

export const MDNS_PORT = 5353;

/** A UDP datagram on a segment: to the mDNS group of the source's family, or to one address. */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly source: Peer;
  readonly destination: "group" | Peer;
}

/** What can be plugged into a segment. */
export interface Port {
  /** For the packet log. */
  readonly label: string;
  /** Whether a frame with this destination is for it. */
  accepts(frame: Frame): boolean;
  receive(frame: Frame): void;
}

export function familyOf(frame: Frame): Family {
  return frame.source.family;
}
