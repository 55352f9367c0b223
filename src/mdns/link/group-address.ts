import type { Family } from "../core/datagram.ts";

/** RFC 6762 §3 */
export const GROUP_ADDRESS: Readonly<Record<Family, string>> = { ipv4: "224.0.0.251", ipv6: "ff02::fb" };
