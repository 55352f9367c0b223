import type { InterfaceFilter } from "./interface-filter.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import { LinkError } from "./link-error.ts";
import { interfaceExists } from "./linux-interface.ts";

/** @throws {@link LinkError} `ERR_MDNS_UNKNOWN_INTERFACE` when a name or an address belongs to no interface */
export function requireKnown({ criteria }: InterfaceFilter, interfaces: readonly InterfaceInfo[]): void {
  for (const { text, exact, matches } of criteria) {
    if (!exact || interfaces.some(matches) || interfaceExists(text)) continue;
    const names = interfaces.map(({ name }) => name).join(", ");
    throw new LinkError(
      "ERR_MDNS_UNKNOWN_INTERFACE",
      `no interface is or has "${text}"; there are: ${names || "none"}`,
    );
  }
}
