import { UdpError, UdpNetworkError } from "../../udp/index.ts";
import { MDNS_PORT } from "../core/datagram.ts";
import { LinkError } from "./link-error.ts";

export function isPortHeld(error: unknown): boolean {
  return error instanceof UdpNetworkError && error.code === "EADDRINUSE";
}

/** What the caller is told when a socket that everything depends on cannot be had; other errors are as they were. */
export function refusedAtOpen(cause: unknown): unknown {
  if (isPortHeld(cause)) {
    const message = `another program holds UDP port ${MDNS_PORT} and does not share it; stop it, or make it share the port`;
    return new LinkError("ERR_MDNS_PORT_IN_USE", message, { cause });
  }
  if (!(cause instanceof UdpError)) return cause;
  const message = `the system refused a socket on UDP port ${MDNS_PORT}: ${cause.message}`;
  return new LinkError("ERR_MDNS_SYSTEM", message, { cause });
}
