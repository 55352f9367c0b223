import type { CustomRecord } from "./custom-record.ts";
import type { LinkClaims } from "./link-claims.ts";
import type { ServiceChanges } from "./publish-options.ts";

/** What of something published can be changed. What is left out stays; what it does not have cannot be given. */
export interface PublicationChanges extends ServiceChanges {
  /** In place of all custom records; unique ones keep their name. */
  readonly records?: readonly CustomRecord[] | undefined;
}

/** What a {@link Subject} tells its publication. */
export interface SubjectNews {
  /** Announced on one more link. */
  advanced(): void;
  /** Somebody else has this name; another one is tried. RFC 6762 §9 */
  conflict(name: string): void;
  /** Somebody else has this name, and there is no other. */
  lost(name: string): void;
  /** RFC 6762 §9 */
  unsettled(name: string): void;
  failed(error: unknown): void;
}

/** What is published: a service, a host name, or records. */
export interface Subject {
  readonly name: string;
  readonly type: string;
  readonly port: number;
  readonly host: string;
  /** Each must be announced. */
  readonly claims: readonly LinkClaims[];
  start(): void;
  /** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` before anything is changed */
  update(changes: PublicationChanges): void;
  /** It is announced under the name that it has. */
  settled(): void;
  end(how: "withdraw" | "abandon"): void;
}
