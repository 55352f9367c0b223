import { labelText, Name } from "../../../src/mdns/wire/name.ts";
import type { SimHost } from "../sim-host.ts";
import type { SimBrowser } from "./sim-browser.ts";
import type { SimClaim } from "./sim-claim.ts";
import { type SimService, TYPE_ENUMERATION } from "./sim-service.ts";

const TYPES = Name.parse(`${TYPE_ENUMERATION}.local`);

/** Everything that programs on the hosts of a LAN do, and what must be true of it at rest. */
export class World {
  readonly hostNames: Set<SimClaim> = new Set();
  readonly services: Set<SimService> = new Set();
  readonly browsers: Set<SimBrowser> = new Set();

  /** A host is gone, and its programs with it. */
  forget(host: SimHost): void {
    for (const name of this.hostNames) if (name.host === host) this.hostNames.delete(name);
    for (const service of this.services) if (service.claim.host === host) this.services.delete(service);
    for (const browser of this.browsers) if (browser.host === host) this.browsers.delete(browser);
  }

  /**
   * What is wrong with a LAN that has been at rest for long enough; empty when nothing is.
   *
   * @param options - `ghosts`: browsers may also see what never was, for broken packets said so
   */
  faults({ ghosts = false }: { readonly ghosts?: boolean } = {}): readonly string[] {
    return [...this.#unsettled(), ...this.#sharedNames(), ...(ghosts ? this.#missing() : this.#wrongViews())];
  }

  #claims(): readonly { readonly claim: SimClaim; readonly name: string }[] {
    return [
      ...[...this.hostNames].map((claim) => ({ claim, name: `${claim.label}.local` })),
      ...[...this.services].map(({ claim, type }) => ({ claim, name: `${claim.label}.${type}` })),
    ];
  }

  #unsettled(): readonly string[] {
    return this.#claims()
      .filter(({ claim }) => !claim.settled)
      .map(({ claim, name }) => `${claim.host.name} has not got ${name}: ${claim.news.slice(-4).join(", ")}`);
  }

  #sharedNames(): readonly string[] {
    const owners = new Map<string, string>();
    const faults: string[] = [];
    for (const { claim, name } of this.#claims()) {
      const key = name.toLowerCase();
      const other = owners.get(key);
      if (other !== undefined) faults.push(`${other} and ${claim.host.name} both own ${name}`);
      owners.set(key, claim.host.name);
    }
    return faults;
  }

  #wrongViews(): readonly string[] {
    return [...this.browsers].flatMap((browser) => {
      const truth = JSON.stringify(this.#truth(browser));
      const view = JSON.stringify([...browser.view]);
      return truth === view ? [] : [`${browser.host.name} sees ${browser.type} as ${view}, not ${truth}`];
    });
  }

  #missing(): readonly string[] {
    return [...this.browsers].flatMap((browser) =>
      this.#truth(browser)
        .filter(([label]) => !browser.view.has(label))
        .map(([label]) => `${browser.host.name} does not see ${label} of ${browser.type}`),
    );
  }

  get #types(): readonly string[] {
    const types = [...this.services].map(({ type }) => labelText(type.labels[0] ?? new Uint8Array()));
    return [...new Set(types)].sort();
  }

  #truth(browser: SimBrowser): readonly (readonly [string, string])[] {
    if (browser.type.equals(TYPES)) return this.#types.map((type) => [type, ""]);
    return [...this.services]
      .filter(({ type }) => type.equals(browser.type))
      .map(({ claim, on, port }) => [claim.label, browser.resolves ? `${on.label}.local:${port}` : ""] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }
}
