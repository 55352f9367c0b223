import type { Family } from "../core/datagram.ts";
import { MdnsSocket, type MdnsSocketOptions } from "./mdns-socket.ts";

// Groups for examples, which nobody joins or sends to: RFC 5771 §9.2, RFC 6676 §3.
const SILENT_GROUP: Readonly<Record<Family, string>> = { ipv4: "233.252.0.1", ipv6: "ff02::db8:0:1" };

/**
 * A socket on port 5353 that hears nothing, so that it takes no unicast from the programs that share the port.
 *
 * Linux keeps what goes to a neighbour that it has to look for in the send buffer of the socket, for up to 3 s. Replies
 * to addresses where nobody is, which anyone can forge, would so hold up what the same socket sends to the group.
 * @param options.zone - the interface that it is tied to, in IPv6: whatever is sent leaves by that one
 * @returns undefined where the system has no such socket
 */
export async function openReplySocket({
  zone,
  ...options
}: Omit<MdnsSocketOptions, "host" | "receive"> & { readonly zone?: string }): Promise<MdnsSocket | undefined> {
  const group = SILENT_GROUP[options.family];
  try {
    return await MdnsSocket.open({
      ...options,
      host: zone === undefined ? group : `${group}%${zone}`,
      receive: () => {},
    });
  } catch {
    return undefined;
  }
}
