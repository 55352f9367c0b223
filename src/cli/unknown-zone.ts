import { networkInterfaces } from "node:os";

/** What is wrong with an address whose zone is no interface; `undefined` if nothing is. */
export function unknownZone(
  address: string,
  interfaces: readonly string[] = Object.keys(networkInterfaces()),
): string | undefined {
  const [, zone] = address.split("%");
  if (zone === undefined || interfaces.includes(zone)) return undefined;
  return `"${address}": no interface "${zone}" is up; there are: ${interfaces.join(", ") || "none"}`;
}
