import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import { TYPE } from "../wire/record-type.ts";
import { compareAddresses } from "./address-order.ts";
import { argumentError } from "./argument-error.ts";
import { zoned } from "./fixed-address.ts";
import { followLinks } from "./follow-links.ts";
import { hostToFind } from "./host-name.ts";
import { PATIENCE } from "./limits.ts";
import { checkedTimeout, pending, type WaitOptions } from "./pending.ts";
import { RecordWatch } from "./record-watch.ts";
import type { Session } from "./session.ts";
import { Tick } from "./tick.ts";

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
  readonly watches: readonly RecordWatch[];
}

/**
 * The addresses of a host on all links: as soon as both families are known or denied, or soon after the first answer.
 * @returns nothing when none is found in time
 */
export async function lookup(
  session: Session,
  host: string,
  options: LookupOptions = {},
): Promise<readonly HostAddress[]> {
  const name = hostToFind(host);
  const types = typesOf(options.family);
  const lookups = new Map<Link, LinkLookup>();
  return pending<readonly HostAddress[]>(
    session,
    { timeout: checkedTimeout(options.timeout, PATIENCE.lookup), signal: options.signal },
    ({ resolve }) => resolve(found(lookups.values())),
    ({ resolve }) => {
      const { clock } = session.network;
      let cancelGrace: (() => void) | undefined;
      const review = new Tick(clock, () => {
        const addresses = found(lookups.values());
        if (isComplete(lookups.values())) resolve(addresses);
        else if (addresses.length > 0) {
          cancelGrace ??= clock.at(clock.now() + PATIENCE.otherFamily, () => resolve(found(lookups.values())));
        }
      });
      const unfollow = followLinks(session.network, (link) => {
        const begun = beginLookup(link, name, types, () => review.request());
        lookups.set(link, begun);
        return () => {
          for (const watch of begun.watches) watch.stop();
          lookups.delete(link);
        };
      });
      return () => {
        unfollow();
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
  return { link, watches: types.map((type) => new RecordWatch(link, name, type, changed)) };
}

/** Every link has spoken for every family. */
function isComplete(lookups: Iterable<LinkLookup>): boolean {
  const watches = [...lookups].flatMap((begun) => begun.watches);
  return watches.length > 0 && watches.every(({ records, absent }) => records.length > 0 || absent);
}

function found(lookups: Iterable<LinkLookup>): readonly HostAddress[] {
  const addresses: HostAddress[] = [];
  for (const { link, watches } of lookups) {
    for (const { record } of watches.flatMap(({ records }) => records)) {
      const { data, ttl } = record;
      if (data.kind !== "address") continue;
      const family = record.type === TYPE.A ? 4 : 6;
      addresses.push({ address: zoned(data.address, link), family, interface: link.name, ttl });
    }
  }
  return addresses.sort((a, b) => compareAddresses(a.address, b.address));
}
