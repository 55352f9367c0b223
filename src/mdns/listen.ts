import { argumentError } from "./dnssd/argument-error.ts";
import { type Listener, type ListenOptions, openListener } from "./link/listener.ts";
import { asMdnsError, checkFamilies } from "./mdns-options.ts";

/**
 * Hears every datagram that is sent to the multicast DNS groups, and sends nothing. On Linux unicast is not heard and stays
 * with the responders of this machine; elsewhere a socket cannot be bound to a group, and the system may hand it over.
 * Interfaces are followed as they come and go. A listener keeps the process running.
 *
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`, `ERR_MDNS_UNKNOWN_INTERFACE`, `ERR_MDNS_PORT_IN_USE`, `ERR_MDNS_SYSTEM`
 * @see RFC 6762 §3
 */
export async function listen(options: ListenOptions): Promise<Listener> {
  if (typeof options !== "object" || options === null) throw argumentError("options", "an object", options);
  const { families, onDatagram, onError } = options;
  checkFamilies(families);
  if (typeof onDatagram !== "function") throw argumentError("onDatagram", "a function", onDatagram);
  if (onError !== undefined && typeof onError !== "function") throw argumentError("onError", "a function", onError);
  try {
    return await openListener(options);
  } catch (error) {
    throw asMdnsError(error);
  }
}
