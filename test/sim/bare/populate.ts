import type { Segment } from "../segment.ts";
import type { SimLan } from "../sim-lan.ts";
import { SimBrowser } from "./sim-browser.ts";
import { claimHostName, SimService } from "./sim-service.ts";
import { World } from "./world.ts";

export interface Population {
  readonly hosts: number;
  /** How many of the hosts browse both types. */
  readonly browsing: number;
  /** Whether these also keep the SRV record of all they find. */
  readonly resolve: boolean;
  readonly families?: readonly ("ipv4" | "ipv6")[];
  /** All hosts come up within so many ms. */
  readonly within: number;
}

export interface Populace {
  readonly world: World;
  /** Some host withdraws a service and publishes another of the same type. */
  replaceOne(): void;
}

/** Hosts that come up one after the other, each with a name and two services, and stay. */
export function populate(lan: SimLan, segment: Segment, population: Population): Populace {
  const { hosts, browsing, resolve, families = ["ipv4"], within } = population;
  const world = new World();
  const start = (index: number): void => {
    const host = lan.host(`h${index}`, [segment], { families });
    const on = claimHostName(host, `host-${index}`);
    world.hostNames.add(on);
    for (const type of ["_http._tcp", "_ipp._tcp"]) {
      world.services.add(new SimService({ on, instance: `Service ${index}`, type, port: 8_000 + index }));
      if (index < browsing) world.browsers.add(new SimBrowser(host, { type, resolve }));
    }
  };
  for (let index = 0; index < hosts; index++) lan.clock.at((within * index) / hosts, () => start(index));
  const replaceOne = (): void => {
    const [old] = world.services;
    if (old === undefined) return;
    old.claim.withdraw();
    world.services.delete(old);
    const type = old.type.toString().replace(/\.local$/, "");
    world.services.add(new SimService({ on: old.on, instance: `${old.claim.label} anew`, type, port: old.port }));
  };
  return { world, replaceOne };
}
