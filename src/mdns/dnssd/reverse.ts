import { TYPE } from "../wire/record-type.ts";
import { followLinks } from "./follow-links.ts";
import { PATIENCE } from "./limits.ts";
import { checkedTimeout, pending, type WaitOptions } from "./pending.ts";
import { RecordWatch } from "./record-watch.ts";
import { checkedAddress, reverseName } from "./reverse-name.ts";
import type { Session } from "./session.ts";
import { Tick } from "./tick.ts";

/**
 * The names of the host that has an address, as in `"printer.local"`.
 * @returns nothing when none is found in time
 */
export async function reverse(
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
      const watches = new Set<RecordWatch>();
      const review = new Tick(session.network.clock, () => {
        const names = new Set([...watches].flatMap(hostNames));
        if (names.size > 0) resolve([...names]);
      });
      const unfollow = followLinks(session.network, (link) => {
        if (zone !== undefined && zone !== link.name) return () => {};
        const watch = new RecordWatch(link, name, TYPE.PTR, () => review.request());
        watches.add(watch);
        return () => {
          watch.stop();
          watches.delete(watch);
        };
      });
      return () => {
        unfollow();
        review.cancel();
      };
    },
  );
}

function hostNames({ records }: RecordWatch): readonly string[] {
  return records.flatMap(({ record: { data } }) => (data.kind === "name" ? [data.target.toString()] : []));
}
