/** Stable codes of {@link MdnsError}. */
export type MdnsErrorCode =
  | "ERR_MDNS_ARGUMENT"
  | "ERR_MDNS_CLOSED"
  | "ERR_MDNS_TIMEOUT"
  | "ERR_MDNS_NOT_ANNOUNCED"
  | "ERR_MDNS_UNSETTLED"
  | "ERR_MDNS_UNKNOWN_INTERFACE"
  | "ERR_MDNS_PORT_IN_USE"
  | "ERR_MDNS_SYSTEM";

/**
 * What everything here throws and rejects with, aborts apart: those reject with the reason of their signal.
 *
 * - `ERR_MDNS_ARGUMENT`: an argument is wrong; the message names it and its value
 * - `ERR_MDNS_CLOSED`: the object was closed
 * - `ERR_MDNS_TIMEOUT`: no complete answer in time; the message says what is missing
 * - `ERR_MDNS_NOT_ANNOUNCED`: what was to be published could not be announced in time
 * - `ERR_MDNS_UNSETTLED`: no free name was found in a minute; the search goes on (RFC 6762 §9)
 * - `ERR_MDNS_UNKNOWN_INTERFACE`: an interface or address named in the options is not there
 * - `ERR_MDNS_PORT_IN_USE`: another program holds port 5353 and does not share it
 * - `ERR_MDNS_SYSTEM`: the system refused a socket; see `cause`
 */
export class MdnsError extends Error {
  /** Stable: callers may switch on it. */
  readonly code: MdnsErrorCode;

  constructor(code: MdnsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
Object.defineProperty(MdnsError.prototype, "name", { value: "MdnsError", configurable: true, writable: true });
