import type { MdnsDiagnostic } from "../mdns/index.ts";
import { printable } from "./printable.ts";

/** What `--verbose` says about the network: `interface e0: up`, `renamed: from Web, to Web (2)`. */
export function diagnosticText({ kind, ...details }: MdnsDiagnostic): string {
  const { interface: name, ...others } = details as { readonly interface?: string } & Readonly<Record<string, unknown>>;
  const told = Object.entries(others).map(([key, value]) =>
    value instanceof Error ? value.message : `${key} ${value}`,
  );
  const text = told.length === 0 ? kind : `${kind}: ${told.join(", ")}`;
  return printable(name === undefined ? text : `interface ${name}: ${text}`);
}
