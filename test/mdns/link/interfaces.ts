import type { InterfaceInfo } from "../../../src/mdns/link/interface-info.ts";
import type { LinkAddress } from "../../../src/mdns/link/link-address.ts";
import { isLinkLocal } from "../../../src/mdns/link/subnet.ts";

/** `address("fe80::1/64", "e0")` */
function address(text: string, name: string): LinkAddress {
  const [bare = "", length = ""] = text.split("/");
  const family = bare.includes(":") ? "ipv6" : "ipv4";
  const plain: LinkAddress = { family, address: bare, prefixLength: Number(length) };
  return family === "ipv6" && isLinkLocal(bare) ? { ...plain, zone: name } : plain;
}

export function iface(name: string, addresses: readonly string[], more: Partial<InterfaceInfo> = {}): InterfaceInfo {
  const list = addresses.map((text) => address(text, name));
  const internal = name === "lo";
  const plain = { name, internal, multicast: !internal, mac: "02:00:00:00:00:01", index: undefined };
  return { ...plain, addresses: list, ...more };
}
