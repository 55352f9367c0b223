import { type InterfaceInfo, interfaceReader } from "./interface-info.ts";
import { type KernelTables, openKernelTables } from "./kernel-tables.ts";

/** The interfaces of a machine, and whether it is worth looking at them. */
export interface InterfaceSource {
  /** The same list as long as nothing in it has changed. */
  read(): readonly InterfaceInfo[];
  /** Whether something about the interfaces or the groups joined on them may have changed since the last read. */
  isStale(): boolean;
  close(): void;
}

/** The interfaces of this machine. */
export function systemInterfaces(): InterfaceSource {
  const read = interfaceReader();
  if (process.platform === "linux") return new WatchedInterfaces(read, openKernelTables);
  return { read, isStale: () => true, close: () => {} };
}

// What the tables do not show, such as another hardware address, is found in a minute.
const MAX_GLANCES = 30;

/** Worth reading again only when the kernel's tables say something else than they did before the last time. */
export class WatchedInterfaces implements InterfaceSource {
  readonly #list: () => readonly InterfaceInfo[];
  readonly #open: () => KernelTables | undefined;
  #tables: KernelTables | undefined;
  #glances = 0;
  #closed = false;

  constructor(list: () => readonly InterfaceInfo[], open: () => KernelTables | undefined) {
    this.#list = list;
    this.#open = open;
  }

  read(): readonly InterfaceInfo[] {
    this.#tables?.close();
    this.#tables = this.#closed ? undefined : this.#open(); // before the list: a change in between is one since the last read
    this.#glances = 0;
    const interfaces = this.#list();
    const visible = new Set(this.#tables?.interfaces);
    if (!interfaces.every(({ name }) => visible.has(name))) this.#giveUp(); // they are those of another namespace
    return interfaces;
  }

  isStale(): boolean {
    return this.#tables === undefined || ++this.#glances > MAX_GLANCES || this.#tables.isChanged();
  }

  close(): void {
    this.#closed = true;
    this.#giveUp();
  }

  #giveUp(): void {
    this.#tables?.close();
    this.#tables = undefined;
  }
}
