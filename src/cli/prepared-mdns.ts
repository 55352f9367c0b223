import { networkInterfaces } from "node:os";
import { Mdns, type MdnsDiagnostic, type MdnsOptions } from "../mdns/index.ts";
import { diagnosticText } from "./diagnostic-text.ts";
import { printable } from "./printable.ts";

/** What a person wants to know without asking: links that cannot be used. */
const ALWAYS_TOLD: ReadonlySet<string> = new Set(["refused", "degraded", "recovered"]);

/** What a command line says of the network; without interfaces, all of them. */
export interface NetworkChoice extends Pick<MdnsOptions, "families" | "hostName"> {
  readonly interfaces: readonly string[];
}

/** The network before it is opened: what is asked of it wrongly is refused now, without another word. */
export interface PreparedMdns {
  readonly mdns: Mdns;
  /**
   * Settles when the network is open, and what is amiss with it is told.
   * @param begun - what was begun on it: its rejection counts when that comes first
   * @returns `false` when it has no interface yet, and nobody was told why
   */
  readonly opened: (begun?: Promise<unknown>) => Promise<boolean>;
}

/** With `verbose`, all that happens on the network is told, else only what is amiss. */
export function prepareMdns(
  { interfaces, ...options }: NetworkChoice,
  { verbose }: { readonly verbose: boolean },
  note: (message: string) => void,
): PreparedMdns {
  const mdns = new Mdns({ ...options, interfaces: interfaces.length === 0 ? undefined : interfaces });
  const early: MdnsDiagnostic[] = [];
  const keep = (event: MdnsDiagnostic): void => void early.push(event);
  const tell = (event: MdnsDiagnostic): void => {
    if (event.kind === "degraded" && !isThere(event.interface)) return; // it has gone, which is no fault
    if (ALWAYS_TOLD.has(event.kind) || (verbose && event.kind !== "error")) note(diagnosticText(event));
  };
  mdns.on("diagnostic", keep);
  const opened = async (begun: Promise<unknown> = mdns.ready): Promise<boolean> => {
    await Promise.race([begun, mdns.ready]); // when either fails, what failed on the way is not worth another line
    await mdns.ready;
    mdns.off("diagnostic", keep);
    early.forEach(tell);
    mdns.on("diagnostic", tell);
    mdns.on("error", (error) => note(printable(error.message)));
    return mdns.counters.links.length > 0 || early.some(({ kind }) => kind === "refused");
  };
  return { mdns, opened };
}

function isThere(name: string): boolean {
  return networkInterfaces()[name] !== undefined;
}
