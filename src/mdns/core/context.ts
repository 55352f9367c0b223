import type { Name } from "../wire/name.ts";
import type { Family, Transmission } from "./datagram.ts";
import type { HostState } from "./host-state.ts";
import type { NameInterest } from "./name-interest.ts";
import type { Output } from "./output.ts";

/** What the parts of one core share. */
export interface CoreContext {
  readonly families: readonly Family[];
  readonly random: () => number;
  readonly host: HostState;
  readonly interest: NameInterest;
  /** Unicast to port 5353 reaches us. RFC 6762 §15.1 */
  readonly unicast: boolean;
  /** Bytes that a packet of several records may have. RFC 6762 §17 */
  readonly payload: number;
  /** Bytes that a packet of one record may have. RFC 6762 §17 */
  readonly payloadMax: number;
  emit(output: Output): void;
  send(transmission: Transmission): void;
  trace(what: string, name?: Name, why?: string): void;
}
