import type { Answer } from "../../../src/mdns/core/output.ts";
import type { Link } from "../../../src/mdns/link/link.ts";
import { labelText, Name } from "../../../src/mdns/wire/name.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import type { SimHost } from "../sim-host.ts";

export interface SimBrowserOptions {
  /** As in "_http._tcp". */
  readonly type: string;
  /** Also ask for the SRV records of what is found. @default false */
  readonly resolve?: boolean;
}

interface Found {
  readonly label: string;
  readonly stop: () => void;
  readonly targets: Map<string, string>;
}

/** Asks for the instances of a type through `Link.ask` on every link, and keeps what there is. */
export class SimBrowser {
  readonly host: SimHost;
  readonly type: Name;
  readonly resolves: boolean;
  /** "12.5 added Printer": in the order in which it came. */
  readonly changes: string[] = [];
  readonly #links = new Map<Link, { readonly stop: () => void; readonly found: Map<string, Found> }>();
  readonly #unwatch: () => void;

  constructor(host: SimHost, options: SimBrowserOptions) {
    this.host = host;
    this.type = Name.parse(`${options.type}.local`);
    this.resolves = options.resolve ?? false;
    this.#unwatch = host.watch({
      linkUp: (link) => this.#ask(link),
      addressesChanged: () => {},
      linkDown: (link) => this.#leave(link),
    });
  }

  /** Instance → "host.local:port" when resolving (several while a change is under way), else "". */
  get view(): ReadonlyMap<string, string> {
    const view = new Map<string, Set<string>>();
    for (const { found } of this.#links.values()) {
      for (const { label, targets } of found.values()) {
        view.set(label, new Set([...(view.get(label) ?? []), ...targets.values()]));
      }
    }
    return new Map(
      [...view].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, targets]) => [label, [...targets].sort().join(" ")]),
    );
  }

  stop(): void {
    this.#unwatch();
    for (const link of [...this.#links.keys()]) this.#leave(link);
  }

  #ask(link: Link): void {
    const found = new Map<string, Found>();
    const question = { name: this.type, type: TYPE.PTR, class: CLASS.IN, unicast: false };
    const held = { stop: () => {}, found };
    this.#links.set(link, held);
    held.stop = link.ask(question, (answer) => this.#onInstance(link, found, answer));
  }

  #leave(link: Link): void {
    const held = this.#links.get(link);
    held?.stop();
    for (const { stop } of held?.found.values() ?? []) stop();
    this.#links.delete(link);
  }

  #onInstance(link: Link, found: Map<string, Found>, answer: Answer): void {
    if (answer.change === "absent" || answer.record.data.kind !== "name") return;
    const { target } = answer.record.data;
    const label = labelText(target.labels[0] ?? new Uint8Array());
    if (answer.change === "added" && !found.has(target.key)) {
      this.changes.push(`${this.host.clock.now()} added ${label}`);
      const targets = new Map<string, string>();
      const entry = { label, stop: () => {}, targets };
      found.set(target.key, entry);
      if (this.resolves) entry.stop = this.#askService(link, target, targets);
    }
    if (answer.change === "removed" && found.has(target.key)) {
      this.changes.push(`${this.host.clock.now()} removed ${label}`);
      found.get(target.key)?.stop();
      found.delete(target.key);
    }
  }

  #askService(link: Link, name: Name, targets: Map<string, string>): () => void {
    return link.ask({ name, type: TYPE.SRV, class: CLASS.IN, unicast: false }, (answer) => {
      if (answer.change === "absent") return;
      const text = serviceText(answer.record);
      if (answer.change === "removed" || answer.change === "outdated") targets.delete(text);
      else targets.set(text, text);
    });
  }
}

function serviceText({ data }: ResourceRecord): string {
  return data.kind === "srv" ? `${data.target}:${data.port}` : "";
}
