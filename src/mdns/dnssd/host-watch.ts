import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import { TYPE } from "../wire/record-type.ts";
import { inAddressOrder } from "./address-order.ts";
import { zoned } from "./fixed-address.ts";
import { HeardRecords } from "./heard-records.ts";
import { watchRecords } from "./watch-records.ts";

/** The addresses of a host on one link, both families, kept up to date for all who want them. */
export class HostWatch {
  readonly name: Name;
  readonly #link: Link;
  readonly #heard = [new HeardRecords(TYPE.A), new HeardRecords(TYPE.AAAA)] as const;
  readonly #stop: () => void;
  readonly #wanting = new Set<() => void>();
  #addresses: readonly string[] | undefined;

  constructor(link: Link, name: Name) {
    this.name = name;
    this.#link = link;
    this.#stop = watchRecords(link, name, this.#heard, () => this.#changed());
  }

  get addresses(): readonly string[] {
    this.#addresses ??= this.#read();
    return this.#addresses;
  }

  /** Whether anybody is told of changes. */
  get wanted(): boolean {
    return this.#wanting.size > 0;
  }

  /** @param changed - called on each change from now on */
  add(changed: () => void): void {
    this.#wanting.add(changed);
  }

  remove(changed: () => void): void {
    this.#wanting.delete(changed);
  }

  stop(): void {
    this.#stop();
  }

  #changed(): void {
    this.#addresses = undefined;
    for (const changed of this.#wanting) changed();
  }

  #read(): readonly string[] {
    const addresses: string[] = [];
    for (const { all } of this.#heard) {
      for (const { record } of all) {
        if (record.data.kind === "address") addresses.push(zoned(record.data.address, this.#link));
      }
    }
    return inAddressOrder(addresses, (address) => address);
  }
}
