import type { Network } from "../link/network.ts";
import type { DnssdDiagnostic } from "./dnssd-diagnostic.ts";
import type { NameMemory } from "./name-memory.ts";
import type { Openings } from "./openings.ts";
import type { OwnNames } from "./own-names.ts";
import type { Service } from "./service.ts";

/** What everything that belongs to one object shares. */
export interface Session {
  readonly network: Network;
  readonly openings: Openings;
  readonly names: OwnNames;
  /** Those that are open. */
  readonly browsers: Set<{ readonly services: readonly Service[] }>;
  readonly memory: NameMemory | undefined;
  readonly tell: (event: DnssdDiagnostic) => void;
}
