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

/** Hosts that come up one after the other, each with a name and two services, and stay. */
export function populate(lan: SimLan, segment: Segment, population: Population): World {
  const { hosts, browsing, resolve, families = ["ipv4"], within } = population;
  const world = new World();
  for (let index = 0; index < hosts; index++) {
    lan.clock.at((within * index) / hosts, () => {
      const host = lan.host(`h${index}`, [segment], { families });
      const on = claimHostName(host, `host-${index}`);
      world.hostNames.add(on);
      for (const type of ["_http._tcp", "_ipp._tcp"]) {
        world.services.add(new SimService({ on, instance: `Service ${index}`, type, port: 8_000 + index }));
        if (index < browsing) world.browsers.add(new SimBrowser(host, { type, resolve }));
      }
    });
  }
  return world;
}
