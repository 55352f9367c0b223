import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import { TYPE } from "../wire/record-type.ts";
import { compareAddresses } from "./address-order.ts";
import { zoned } from "./fixed-address.ts";
import { RecordWatch } from "./record-watch.ts";

/** The addresses of a host on one link, both families, kept up to date. */
export class HostWatch {
  readonly name: Name;
  readonly #link: Link;
  readonly #watches: readonly RecordWatch[];

  constructor(link: Link, name: Name, changed: () => void) {
    this.name = name;
    this.#link = link;
    this.#watches = [TYPE.A, TYPE.AAAA].map((type) => new RecordWatch(link, name, type, changed));
  }

  get addresses(): readonly string[] {
    const addresses = this.#watches.flatMap(({ records }) =>
      records.flatMap(({ record: { data } }) => (data.kind === "address" ? zoned(data.address, this.#link) : [])),
    );
    return addresses.sort(compareAddresses);
  }

  stop(): void {
    for (const watch of this.#watches) watch.stop();
  }
}
