import type { Name } from "../wire/name.ts";
import type { Family, Transmission } from "./datagram.ts";
import type { HostState } from "./host-state.ts";
import type { NameInterest } from "./name-interest.ts";
import type { Output } from "./output.ts";
import type { PayloadSize } from "./payload-size.ts";

/** What the parts of one core share. */
export interface CoreContext extends PayloadSize {
  readonly families: readonly Family[];
  readonly random: () => number;
  readonly host: HostState;
  readonly interest: NameInterest;
  /** Records of others that may be held. */
  readonly cacheRecords: number;
  /** Unicast to port 5353 reaches us. RFC 6762 §15.1 */
  readonly unicast: boolean;
  emit(output: Output): void;
  send(transmission: Transmission): void;
  /** Whether anybody is told what is traced. */
  readonly tracing: boolean;
  trace(what: string, name?: Name, why?: string): void;
}
