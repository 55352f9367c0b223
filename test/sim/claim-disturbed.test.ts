import { expect, test } from "vitest";
import { Mdns } from "../../src/mdns/mdns.ts";
import { reporting } from "./replay.ts";
import type { SimHost } from "./sim-host.ts";
import { SimLan } from "./sim-lan.ts";
import { watchPacketForm } from "./watch/packet-form.ts";

// From the delay before the first probe (RFC 6762 §8.1) until well after the last announcement (§8.3).
const MOMENTS = Array.from({ length: 26 }, (_, index) => index * 100);

const DISTURBANCES: Readonly<Record<string, (host: SimHost, lan: SimLan) => Promise<void>>> = {
  "the interface vanishes for 300 ms": async (host, lan) => {
    for (const cable of host.interfaces) cable.down();
    await lan.runAsync(300);
    for (const cable of host.interfaces) cable.up();
  },
  "its address changes": async (host, lan) => {
    for (const cable of host.interfaces) {
      cable.setAddresses(lan.freshAddresses().filter(({ family }) => family === "ipv4"));
    }
  },
  "the time of day is set forward": async (host) => host.jumpWallClock(),
  "the event loop stands still for ten seconds": async (host, lan) => {
    host.sleep();
    await lan.runAsync(10_000);
    host.wake({ sleepCounts: true });
  },
  "the machine sleeps for an hour": async (host, lan) => {
    host.sleep();
    await lan.runAsync(3_600_000);
    host.wake({ sleepCounts: false });
  },
};

test.each(Object.keys(DISTURBANCES))(
  "%s in each phase of a claim: in the end the service is announced and found, under its name (N-20, L-24)",
  async (kind) => {
    for (const [index, moment] of MOMENTS.entries()) {
      const lan = new SimLan({ seed: index });
      watchPacketForm(lan);
      const segment = lan.segment();
      const [publishing, browsing] = [lan.host("a", [segment]), lan.host("b", [segment])];
      const publisher = new Mdns({ network: publishing, hostName: "a" });
      const browser = new Mdns({ network: browsing, hostName: "b" }).browse("_http._tcp");
      await reporting(lan, async () => {
        const publication = publisher.publish({ name: "Steady", type: "_http._tcp", port: 80 });
        await lan.runAsync(moment);
        await DISTURBANCES[kind]?.(publishing, lan);
        await lan.runAsync(20_000);
        expect(await publication).toMatchObject({ name: "Steady", state: "announced" });
        const addresses = publishing.interfaces.flatMap((own) => own.addresses.map(({ address }) => address));
        expect(browser.services).toMatchObject([{ name: "Steady", addresses }]);
      });
    }
  },
);
