import type { Network } from "../link/network.ts";
import type { NameMemory } from "./name-memory.ts";
import type { Openings } from "./openings.ts";
import type { OwnNames } from "./own-names.ts";
import type { Service } from "./service.ts";

/**
 * Something worth knowing that nobody has to act on.
 *
 * - `advice`: what is published works but is advised against
 * - `renamed`: a name was taken and given up for another one
 * - `unannounced`: what was to be published could not be announced (`ERR_MDNS_NOT_ANNOUNCED`)
 * - `overflow`: more than `limit` of something; what is beyond is not followed
 * - `error`: something went wrong that no call could be told of
 */
export type DnssdDiagnostic =
  | { readonly kind: "advice"; readonly name: string; readonly message: string }
  | { readonly kind: "renamed"; readonly from: string; readonly to: string }
  | { readonly kind: "unannounced"; readonly message: string }
  | { readonly kind: "overflow"; readonly what: string; readonly limit: number }
  | { readonly kind: "error"; readonly error: unknown };

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
