import { flagsOf, HEADER_SIZE, OPCODE, RCODE, RESPONSE } from "../wire/message-format.ts";
import { type Datagram, isHostAddress, MDNS_PORT } from "./datagram.ts";

/**
 * Why a datagram was dropped.
 *
 * - `malformed`: it cannot be read as a message
 * - `irrelevant`: it has no name that anybody here asks for or publishes
 * - `opcode`: opcode or rcode is not zero (RFC 6762 §18.3, §18.11)
 * - `source`: its source is no address of a host
 * - `port`: its source port is 0, or a response's is not 5353 (RFC 6762 §6)
 * - `off-link`: it was sent to this host alone, from off the link (RFC 6762 §11)
 * - `unicast`: a response to this host alone that answers nothing asked (RFC 6762 §6)
 */
export type DropReason = "malformed" | "irrelevant" | "opcode" | "source" | "port" | "off-link" | "unicast";

/** Why a datagram is not even looked into, as far as its header and where it came from tell. */
export function refusal({ bytes, source, to, onLink }: Datagram): DropReason | undefined {
  const flags = bytes.length < HEADER_SIZE ? 0 : flagsOf(bytes);
  if ((flags & (OPCODE | RCODE)) !== 0) return "opcode"; // RFC 6762 §18.3, §18.11
  const isResponse = (flags & RESPONSE) !== 0;
  if (!isHostAddress(source)) return "source";
  if (source.port === 0 || (isResponse && source.port !== MDNS_PORT)) return "port"; // RFC 6762 §6
  if (to === "host" && !onLink) return "off-link"; // RFC 6762 §5.5, §11
  return undefined;
}
