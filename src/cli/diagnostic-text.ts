import type { MdnsDiagnostic } from "../mdns/index.ts";
import { printable } from "./printable.ts";

const FAMILIES = { ipv4: "IPv4", ipv6: "IPv6" } as const;

/** What is told about the network: `interface e0: up`, `renamed: from Web, to Web (2)`. */
export function diagnosticText(event: MdnsDiagnostic): string {
  return printable("interface" in event ? `interface ${event.interface}: ${news(event)}` : news(event));
}

function news(event: MdnsDiagnostic): string {
  switch (event.kind) {
    case "refused":
      return `refused: ${event.error.message}; it is tried again every second`;
    case "degraded":
      return `nothing can be sent over ${FAMILIES[event.family]}: ${event.error.message}`;
    case "recovered":
      return `sending over ${FAMILIES[event.family]} works again`;
    default:
      return otherNews(event);
  }
}

function otherNews({ kind, ...details }: MdnsDiagnostic): string {
  const told = Object.entries(details)
    .filter(([key]) => key !== "interface")
    .map(([key, value]) => (value instanceof Error ? value.message : `${key} ${value}`));
  return told.length === 0 ? kind : `${kind}: ${told.join(", ")}`;
}
