/** Stable codes of {@link LinkError}. */
export type LinkErrorCode =
  | "ERR_MDNS_ARGUMENT"
  | "ERR_MDNS_UNKNOWN_INTERFACE"
  | "ERR_MDNS_PORT_IN_USE"
  | "ERR_MDNS_SYSTEM";

/**
 * Why the network cannot be opened.
 *
 * - `ERR_MDNS_ARGUMENT`: an option is malformed
 * - `ERR_MDNS_UNKNOWN_INTERFACE`: an interface or address named in the options is not there
 * - `ERR_MDNS_PORT_IN_USE`: another program holds port 5353 and does not share it
 * - `ERR_MDNS_SYSTEM`: the system refused a socket for another reason; see `cause`
 */
export class LinkError extends Error {
  readonly code: LinkErrorCode;

  constructor(code: LinkErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
Object.defineProperty(LinkError.prototype, "name", { value: "LinkError", configurable: true, writable: true });
