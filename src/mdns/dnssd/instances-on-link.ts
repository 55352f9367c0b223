import type { Answer } from "../core/output.ts";
import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import type { ResourceRecord } from "../wire/record.ts";
import { CLASS } from "../wire/record-class.ts";
import { TYPE } from "../wire/record-type.ts";
import { HostsOnLink } from "./hosts-on-link.ts";
import { type InstanceName, splitInstanceName } from "./instance-name.ts";
import { type InstanceState, type InstanceSurroundings, InstanceWatch } from "./instance-watch.ts";
import { LIMITS } from "./limits.ts";

interface Listed {
  readonly name: InstanceName;
  readonly pointer: ResourceRecord;
  readonly watch: InstanceWatch;
  /** Place in the order in which instances were first seen on any link. */
  readonly order: number;
  wasDoubted: boolean;
}

/** What is told of one instance on one link. */
export interface ListedState {
  readonly name: InstanceName;
  readonly order: number;
  readonly state: InstanceState;
}

export interface BrowseOptions {
  readonly random: () => number;
  readonly immediate: boolean;
  /** The instance of this key has changed or gone. */
  readonly changed: (key: string) => void;
  /** There are more instances than may be followed. */
  readonly overflow: () => void;
}

let order = 0;

/** The instances that one link lists under a name, each resolved there. RFC 6763 §4 */
export class InstancesOnLink {
  readonly #link: Link;
  readonly #options: BrowseOptions;
  readonly #surroundings: InstanceSurroundings;
  readonly #listed = new Map<string, Listed>();
  readonly #stop: () => void;

  constructor(link: Link, question: Name, options: BrowseOptions) {
    this.#link = link;
    this.#options = options;
    this.#surroundings = { link, hosts: new HostsOnLink(link), random: options.random };
    const { immediate } = options;
    const pointers = { name: question, type: TYPE.PTR, class: CLASS.IN, unicast: false };
    this.#stop = link.ask(pointers, (answer) => this.#take(answer), { immediate });
  }

  keys(): IterableIterator<string> {
    return this.#listed.keys();
  }

  /** @returns undefined when the link does not list it */
  refresh(key: string): ListedState | undefined {
    const listed = this.#listed.get(key);
    if (listed === undefined) return undefined;
    const { name, watch } = listed;
    const state = watch.refresh();
    this.#doubt(listed);
    return { name, order: listed.order, state };
  }

  stop(): void {
    this.#stop();
    for (const { watch } of this.#listed.values()) watch.stop();
    this.#listed.clear();
  }

  #take(answer: Answer): void {
    if (answer.change === "absent") return;
    const { change, record } = answer;
    if (record.data.kind !== "name" || record.type !== TYPE.PTR) return;
    const { key } = record.data.target;
    if (change === "removed") {
      this.#listed.get(key)?.watch.stop();
      if (this.#listed.delete(key)) this.#options.changed(key);
    } else if (!this.#listed.has(key)) {
      this.#add(key, record, record.data.target);
    }
  }

  #add(key: string, pointer: ResourceRecord, target: Name): void {
    const name = splitInstanceName(target);
    if (name === undefined) return;
    if (this.#listed.size >= LIMITS.instances) {
      this.#options.overflow();
      return;
    }
    const { changed } = this.#options;
    const watch = new InstanceWatch(target, this.#surroundings, () => changed(key));
    this.#listed.set(key, { name, pointer, watch, order: order++, wasDoubted: false });
    changed(key);
  }

  /** Its SRV record expired: perhaps the service is gone without a goodbye. RFC 6762 §10.4 */
  #doubt(listed: Listed): void {
    const { vanished } = listed.watch;
    if (vanished && !listed.wasDoubted) this.#link.reconfirm(listed.pointer);
    listed.wasDoubted = vanished;
  }
}
