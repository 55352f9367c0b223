import type { PublishOptions } from "../mdns/index.ts";

/** All that one call publishes. */
export interface Wishes {
  /** The name of this host, without `.local`, when it is not the machine's. */
  readonly hostName?: string;
  readonly wanted: readonly Wanted[];
}

/** What to publish: a service, or the addresses of a host alone. */
export type Wanted = (
  | { readonly kind: "service"; readonly options: PublishOptions }
  | { readonly kind: "host"; readonly host: string; readonly addresses: readonly string[] }
) & {
  /** Where it was read, when that was a file. */
  readonly place?: string;
};
