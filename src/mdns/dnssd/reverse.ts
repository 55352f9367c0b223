import { TYPE } from "../wire/record-type.ts";
import { HeardRecords } from "./heard-records.ts";
import { PATIENCE } from "./limits.ts";
import { LinkWatches } from "./link-watches.ts";
import { checkedTimeout, pending, type WaitOptions } from "./pending.ts";
import { checkedAddress, reverseName } from "./reverse-name.ts";
import type { Session } from "./session.ts";
import { Tick } from "./tick.ts";
import { watchRecords } from "./watch-records.ts";

/**
 * The names of the host that has an address, as in `"printer.local"`.
 * @returns nothing when none is found in time
 */
export function reverse(
  session: Session,
  address: string,
  { timeout, signal }: WaitOptions = {},
): Promise<readonly string[]> {
  const { address: bare, zone } = checkedAddress("address", address);
  const name = reverseName(bare);
  return pending<readonly string[]>(
    session,
    { timeout: checkedTimeout(timeout, PATIENCE.lookup), signal },
    ({ resolve }) => resolve([]),
    ({ resolve }) => {
      const review = new Tick(() => {
        const names = new Set(watches.all.flatMap(({ pointers }) => hostNames(pointers)));
        if (names.size > 0) resolve([...names]);
      });
      const watches = new LinkWatches(session.network, (link) => {
        if (zone !== undefined && zone !== link.name) return undefined;
        const pointers = new HeardRecords(TYPE.PTR);
        return { pointers, stop: watchRecords(link, name, [pointers], () => review.request()) };
      });
      return () => {
        watches.stop();
        review.cancel();
      };
    },
  );
}

function hostNames({ all }: HeardRecords): readonly string[] {
  return all.flatMap(({ record: { data } }) => (data.kind === "name" ? [data.target.toString()] : []));
}
