import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import { TYPE } from "../wire/record-type.ts";
import { inAddressOrder } from "./address-order.ts";
import { argumentError } from "./argument-error.ts";
import { zoned } from "./fixed-address.ts";
import { HeardRecords } from "./heard-records.ts";
import { hostToFind } from "./host-name.ts";
import { PATIENCE } from "./limits.ts";
import { LinkWatches } from "./link-watches.ts";
import { checkedTimeout, pending, type WaitOptions } from "./pending.ts";
import type { Session } from "./session.ts";
import { Tick } from "./tick.ts";
import { watchRecords } from "./watch-records.ts";

/** How addresses are looked up. */
export interface LookupOptions extends WaitOptions {
  /** Only addresses of this family. @default both */
  readonly family?: 4 | 6 | undefined;
}

/** An address that a host has on a link. */
export interface HostAddress {
  /** With its zone if it is an IPv6 link-local one: `fe80::1%eth0`. */
  readonly address: string;
  /** As in `node:net`. */
  readonly family: 4 | 6;
  /** The interface of the link where it was found. */
  readonly interface: string;
  /** Lifetime of the record in seconds. */
  readonly ttl: number;
}

interface LinkLookup {
  readonly link: Link;
  readonly lists: readonly HeardRecords[];
  stop(): void;
}

/**
 * The addresses of a host on all links: as soon as both families are known or denied, or soon after the first answer.
 * @returns nothing when none is found in time
 */
export function lookup(session: Session, host: string, options: LookupOptions = {}): Promise<readonly HostAddress[]> {
  const name = hostToFind(host);
  const types = typesOf(options.family);
  let lookups: LinkWatches<LinkLookup> | undefined;
  return pending<readonly HostAddress[]>(
    session,
    { timeout: checkedTimeout(options.timeout, PATIENCE.lookup), signal: options.signal },
    ({ resolve }) => resolve(found(lookups?.all ?? [])),
    ({ resolve }) => {
      const { clock } = session.network;
      let cancelGrace: (() => void) | undefined;
      const review = new Tick(() => {
        const begun = lookups?.all ?? [];
        const addresses = found(begun);
        if (isComplete(begun)) resolve(addresses);
        else if (addresses.length > 0) {
          cancelGrace ??= clock.at(clock.now() + PATIENCE.otherFamily, () => resolve(found(lookups?.all ?? [])));
        }
      });
      lookups = new LinkWatches(session.network, (link) => beginLookup(link, name, types, () => review.request()));
      return () => {
        lookups?.stop();
        review.cancel();
        cancelGrace?.();
      };
    },
  );
}

function typesOf(family: unknown): readonly number[] {
  if (family === undefined) return [TYPE.A, TYPE.AAAA];
  if (family === 4) return [TYPE.A];
  if (family === 6) return [TYPE.AAAA];
  throw argumentError("family", "4, 6 or left out", family);
}

function beginLookup(link: Link, name: Name, types: readonly number[], changed: () => void): LinkLookup {
  const lists = types.map((type) => new HeardRecords(type));
  return { link, lists, stop: watchRecords(link, name, lists, changed) };
}

/** Every link has spoken for every family. */
function isComplete(lookups: readonly LinkLookup[]): boolean {
  const lists = lookups.flatMap((begun) => begun.lists);
  return lists.length > 0 && lists.every(({ all, absent }) => all.length > 0 || absent);
}

function found(lookups: readonly LinkLookup[]): readonly HostAddress[] {
  const addresses: HostAddress[] = [];
  for (const { link, lists } of lookups) {
    for (const { record } of lists.flatMap(({ all }) => all)) {
      const { data, ttl } = record;
      if (data.kind !== "address") continue;
      const family = record.type === TYPE.A ? 4 : 6;
      addresses.push({ address: zoned(data.address, link), family, interface: link.name, ttl });
    }
  }
  return inAddressOrder(addresses, ({ address }) => address);
}
