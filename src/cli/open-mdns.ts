import { Mdns, type MdnsDiagnostic, type MdnsOptions } from "../mdns/index.ts";
import { diagnosticText } from "./diagnostic-text.ts";
import { NO_LINK } from "./no-link.ts";
import { printable } from "./printable.ts";

/** What a person wants to know without asking: links that cannot be used. */
const ALWAYS_TOLD: ReadonlySet<string> = new Set(["refused", "degraded", "recovered"]);

/** Opens the network, and tells what is amiss with it; with `verbose` all that happens there. */
export async function openMdns(
  options: MdnsOptions,
  { verbose }: { readonly verbose: boolean },
  note: (message: string) => void,
): Promise<Mdns> {
  const mdns = new Mdns(options);
  const early: MdnsDiagnostic[] = [];
  const keep = (event: MdnsDiagnostic): void => void early.push(event);
  const tell = (event: MdnsDiagnostic): void => {
    if (ALWAYS_TOLD.has(event.kind) || (verbose && event.kind !== "error")) note(diagnosticText(event));
  };
  mdns.on("diagnostic", keep);
  await mdns.ready; // when that fails, what failed on the way is not worth another line
  mdns.off("diagnostic", keep);
  early.forEach(tell);
  mdns.on("diagnostic", tell);
  mdns.on("error", (error) => note(printable(error.message)));
  if (mdns.counters.links.length === 0 && !early.some(({ kind }) => kind === "refused")) note(NO_LINK);
  return mdns;
}
