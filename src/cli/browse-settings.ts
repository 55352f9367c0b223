import type { Family } from "../mdns/index.ts";
import type { Arguments } from "./arguments.ts";
import { endRules } from "./end-options.ts";
import type { EndRules } from "./ending.ts";
import { chosenFamilies } from "./family-options.ts";
import { UsageError } from "./usage-error.ts";

type Families = readonly Family[] | undefined;

export interface BrowseSettings {
  /** What is looked for; `undefined` for all types. */
  readonly type: string | undefined;
  readonly subtype: string | undefined;
  readonly list: "services" | "types";
  readonly format: "lines" | "json" | "avahi";
  /** A live screen, where there is a terminal for it. */
  readonly live: boolean;
  readonly perInterface: boolean;
  readonly ignoreLocal: boolean;
  readonly resolved: boolean;
  readonly typeNames: boolean;
  readonly verbose: boolean;
  readonly color: boolean;
  readonly interfaces: readonly string[];
  readonly families: Families;
  /**
   * The IP versions of each search. Avahi looks for a service over each version by itself, and so do its lines; else one
   * search takes both together.
   */
  readonly searches: readonly Families[];
  readonly end: EndRules;
}

/** @throws {@link UsageError} when options are wrong or contradict one another */
export function browseSettings(given: Arguments): BrowseSettings {
  const [type, extra] = given.operands;
  if (extra !== undefined) throw new UsageError(`one TYPE at most; "${extra}" is too many`);
  if (given.has("all") && type !== undefined)
    throw new UsageError(`--all shows all types; leave out "${type}" or --all`);
  if (given.has("types") && type !== undefined)
    throw new UsageError(`--types lists types; leave out "${type}" or --types`);
  if (type === "monitor") throw new UsageError('"monitor" is no TYPE; packets are shown by mdns-monitor');
  const subtype = given.value("subtype");
  if (subtype !== undefined && type === undefined) throw new UsageError(`--subtype ${subtype} needs a TYPE`);
  if (given.has("json") && given.has("parsable"))
    throw new UsageError("--json and --parsable are two formats; choose one");
  if (given.has("types") && given.has("parsable")) throw new UsageError("--types has no --parsable form; use --json");
  const format = given.has("json") ? "json" : given.has("parsable") ? "avahi" : "lines";
  const end = endRules(given);
  const families = chosenFamilies(given);
  checkDomain(given.value("domain"));
  return {
    type: type ?? undefined,
    subtype,
    list: given.has("types") ? "types" : "services",
    format,
    live:
      format === "lines" &&
      Object.keys(end).length === 0 &&
      !["types", "no-live", "per-interface", "verbose"].some((option) => given.has(option)),
    perInterface: given.has("per-interface"),
    ignoreLocal: given.has("ignore-local"),
    resolved: given.has("resolve"),
    typeNames: !given.has("no-db-lookup"),
    verbose: given.has("verbose"),
    color: !given.has("no-color"),
    interfaces: given.values("interface"),
    families,
    searches: format === "avahi" ? (families ?? ["ipv4", "ipv6"]).map((family) => [family]) : [families],
    end,
  };
}

function checkDomain(domain: string | undefined): void {
  if (domain === undefined || /^local\.?$/i.test(domain)) return;
  throw new UsageError(`--domain ${domain}: multicast serves only the domain local`);
}
