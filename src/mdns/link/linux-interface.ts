import { existsSync, readFileSync } from "node:fs";

// What any other host of the link can receive, whatever this one could send. RFC 6762 §17
const ETHERNET_MTU = 1_500;

const POINT_TO_POINT = 0x10;
const MULTICAST = 0x1000;

/** Where Linux tells what Node does not; undefined on other systems. */
function directory(name: string): string | undefined {
  return process.platform === "linux" && /^[^/.][^/]*$/.test(name) ? `/sys/class/net/${name}` : undefined;
}

function attribute(name: string, file: string): number | undefined {
  const path = directory(name);
  if (path === undefined) return undefined;
  try {
    return Number(readFileSync(`${path}/${file}`, "latin1"));
  } catch {
    return undefined; // gone meanwhile, or not to be seen from here
  }
}

/** Also of one that is down or has no address yet, which the list of interfaces leaves out. */
export function interfaceExists(name: string): boolean {
  const path = directory(name);
  return path !== undefined && existsSync(path);
}

/** The largest IP packet to send on an interface, in bytes. */
export function interfaceMtu(name: string): number {
  return Math.min(attribute(name, "mtu") || ETHERNET_MTU, ETHERNET_MTU);
}

/** Not so for tunnels to a single peer; true where the system does not tell. */
export function carriesMulticast(name: string): boolean {
  const flags = attribute(name, "flags");
  return flags === undefined || ((flags & MULTICAST) !== 0 && (flags & POINT_TO_POINT) === 0);
}
