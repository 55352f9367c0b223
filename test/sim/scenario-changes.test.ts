import { expect, test } from "vitest";
import { rdataBytes } from "../../src/mdns/wire/record-key.ts";
import { TYPE } from "../../src/mdns/wire/record-type.ts";
import { addressRecord, questionFor } from "./bare/records.ts";
import { SimBrowser } from "./bare/sim-browser.ts";
import { claimHostName, SimService } from "./bare/sim-service.ts";
import { outline } from "./outline.ts";
import { SimLan } from "./sim-lan.ts";
import { watchInvariants } from "./watch/invariants.ts";

const half = () => 0.5;

/** Host a with a service that is established, host b that looks for it since 5 s; it is 10 s now. */
function settledLan() {
  const lan = new SimLan({ seed: 1 });
  watchInvariants(lan);
  const segment = lan.segment();
  const server = lan.host("a", [segment], { random: half });
  const client = lan.host("b", [segment], { random: half });
  const peer = lan.peer("peer", segment);
  const on = claimHostName(server, "a");
  const service = new SimService({ on, instance: "S", type: "_http._tcp", port: 80 });
  lan.run(5_000);
  const browser = new SimBrowser(client, { type: "_http._tcp", resolve: true });
  lan.run(5_000);
  return { lan, segment, server, client, peer, service, browser };
}

test("a browser asks at 1, 2, 4… s intervals and has the service with the first answer (Q-02, Q-03, B-02)", () => {
  const { lan, browser } = settledLan();
  lan.run(10_000);
  expect(outline(lan.log, 5_000)).toEqual([
    "5070 b.e0 query _http._tcp.local",
    "5140 a.e0 response _http._tcp.local",
    "6070 b.e0 query _http._tcp.local",
    "8070 b.e0 query _http._tcp.local",
    "12070 b.e0 query _http._tcp.local",
  ]);
  expect(browser.changes).toEqual(["5140 added S"]);
  expect([...browser.view]).toEqual([["S", "a.local:80"]]);
});

test("a withdrawn service says goodbye once and is gone a second later (P-51, C-02)", () => {
  const { lan, service, browser } = settledLan();
  service.claim.withdraw();
  lan.run(2_000);
  expect(outline(lan.log, 10_000).slice(0, 1)).toEqual([
    "10000 a.e0 goodbye _http._tcp.local _services._dns-sd._udp.local S._http._tcp.local",
  ]);
  expect(browser.changes).toEqual(["5140 added S", "11000 removed S"]);
});

test("a foreign goodbye is answered within the second, and no browser loses the service (A-48, C-03)", () => {
  const { lan, segment, peer, browser, client } = settledLan();
  const [announcement] = lan.log.packets.filter(({ message }) => message?.response);
  const answers = (announcement?.message?.answers ?? []).map((record) => ({ ...record, ttl: 0 }));
  peer.send({ response: true, answers });
  lan.run(5_000);
  expect(outline(lan.log, 10_000).slice(0, 2)).toEqual([
    expect.stringMatching(/^10000 peer goodbye/),
    expect.stringMatching(/^10000 a\.e0 response .*S\._http\._tcp\.local/),
  ]);
  expect(browser.changes).toEqual(["5140 added S"]);
  expect(segment.name).toBe("lan");
  expect(client.links.size).toBe(1);
});

test("changed data is announced twice without a goodbye and reaches every cache at once (P-46, P-48)", () => {
  const { lan, service, client } = settledLan();
  service.setTxt("v=2");
  lan.run(1_500);
  expect(outline(lan.log, 10_000)).toEqual([
    "10000 a.e0 response S._http._tcp.local",
    "11020 a.e0 response S._http._tcp.local",
  ]);
  const [link] = client.links;
  const known = link?.known(questionFor("S._http._tcp.local", TYPE.TXT)) ?? [];
  expect(known.map(({ record }) => Buffer.from(rdataBytes(record)).toString())).toEqual(["\x03v=2"]);
});

test("a host whose name is lost keeps its services, which point to the new name (P-44)", () => {
  const { lan, peer, service, browser } = settledLan();
  const rival = { response: true, answers: [addressRecord("a.local", "10.77.9.9")] };
  peer.onMessage = (message) => {
    if (message.questions.some(({ name }) => name.toString() === "a.local")) peer.send(rival);
  };
  peer.send(rival);
  lan.run(5_000);
  expect(service.claim.label).toBe("S");
  expect([...browser.view]).toEqual([["S", "a-2.local:80"]]);
  expect(browser.changes).toEqual(["5140 added S"]);
});

test.each([{ sleepCounts: true }, { sleepCounts: false }])(
  "after sleep (counted by the clock: $sleepCounts) all is probed and announced again (L-24, P-01)",
  ({ sleepCounts }) => {
    const { lan, server, browser } = settledLan();
    server.sleep();
    lan.run(600_000);
    server.wake({ sleepCounts });
    lan.run(5_000);
    const own = outline(lan.log, 610_000).filter((line) => line.includes("a.e0"));
    expect(own).toEqual([
      "610125 a.e0 probe a.local S._http._tcp.local",
      "610375 a.e0 probe a.local S._http._tcp.local",
      "610625 a.e0 probe a.local S._http._tcp.local",
      expect.stringMatching(/^610875 a\.e0 response a\.local .*S\._http\._tcp\.local/),
      expect.stringMatching(/^611895 a\.e0 response a\.local .*S\._http\._tcp\.local/),
    ]);
    expect([...browser.view]).toEqual([["S", "a.local:80"]]);
  },
);

test("a host that vanished without goodbye leaves every view when its records expire (C-01)", () => {
  const { lan, server, browser } = settledLan();
  server.crash();
  lan.run(4_600_000);
  expect([...browser.view]).toEqual([]);
});

test("a changed address is announced with the new set, and the old one is flushed (P-50, C-06)", () => {
  const { lan, server, client } = settledLan();
  const [link] = client.links;
  server.interface("e0").setAddresses([{ family: "ipv4", address: "10.77.5.5", prefixLength: 16 }]);
  lan.run(5_000);
  const known = link?.known(questionFor("a.local", TYPE.A)) ?? [];
  expect(known.map(({ record }) => record.data)).toEqual([{ kind: "address", address: "10.77.5.5" }]);
});

test("an interface that went down and up: one removed and one added at its own browser (BC-18, L-25)", () => {
  const { lan, client, browser } = settledLan();
  const cable = client.interface("e0");
  cable.down();
  expect([...browser.view]).toEqual([]);
  lan.run(10_000);
  cable.up();
  lan.run(2_000);
  expect(browser.changes).toEqual(["5140 added S", "10000 removed S", "20140 added S"]);
  expect([...browser.view]).toEqual([["S", "a.local:80"]]);
});

test("ten browsers that start together cost the queries of one, for an hour (Q-03, Q-13)", () => {
  const { lan, segment, browser } = settledLan();
  browser.stop();
  const clients = Array.from({ length: 10 }, (_, index) => lan.host(`c${index}`, [segment]));
  lan.run(5_000);
  const start = lan.clock.now();
  const browsers = clients.map((host) => new SimBrowser(host, { type: "_http._tcp" }));
  lan.run(500);
  expect(browsers.map(({ view }) => [...view.keys()])).toEqual(browsers.map(() => ["S"]));
  lan.run(3_600_000);
  const times = lan.log.packets.filter(({ time, message }) => time > start && message?.response === false);
  expect(times.map(({ time }) => Math.round((time - start) / 1_000))).toEqual([
    0, 1, 3, 7, 15, 31, 63, 127, 255, 511, 1_023, 2_047,
  ]);
});
