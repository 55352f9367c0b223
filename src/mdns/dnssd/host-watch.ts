import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import { TYPE } from "../wire/record-type.ts";
import { compareAddresses } from "./address-order.ts";
import { zoned } from "./fixed-address.ts";
import { RecordWatch } from "./record-watch.ts";

/** The addresses of a host on one link, both families, kept up to date. */
export class HostWatch {
  readonly name: Name;
  /** As in `"printer.local"`. */
  readonly text: string;
  readonly #link: Link;
  readonly #watches: readonly RecordWatch[];
  #addresses: readonly string[] | undefined;

  constructor(link: Link, name: Name, changed: () => void) {
    this.name = name;
    this.text = name.toString();
    this.#link = link;
    const forget = (): void => {
      this.#addresses = undefined;
      changed();
    };
    this.#watches = [TYPE.A, TYPE.AAAA].map((type) => new RecordWatch(link, name, type, forget));
  }

  get addresses(): readonly string[] {
    this.#addresses ??= this.#read();
    return this.#addresses;
  }

  stop(): void {
    for (const watch of this.#watches) watch.stop();
  }

  #read(): readonly string[] {
    const addresses: string[] = [];
    for (const { records } of this.#watches) {
      for (const { record } of records) {
        if (record.data.kind === "address") addresses.push(zoned(record.data.address, this.#link));
      }
    }
    return addresses.sort(compareAddresses);
  }
}
