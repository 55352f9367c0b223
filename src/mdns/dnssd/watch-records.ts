import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import { CLASS } from "../wire/record-class.ts";
import type { HeardRecords } from "./heard-records.ts";

/**
 * Asks for records of a name on one link, and keeps the lists of them up to date.
 * @param lists - one for each type to ask for
 * @param changed - called on each change, perhaps before this returns
 * @returns what ends it
 */
export function watchRecords(link: Link, name: Name, lists: readonly HeardRecords[], changed: () => void): () => void {
  return link.ask(
    lists.map(({ type }) => ({ name, type, class: CLASS.IN, unicast: false })),
    (answer) => {
      for (let index = 0; index < lists.length; index++) if (lists[index]?.take(answer)) changed();
    },
  );
}
