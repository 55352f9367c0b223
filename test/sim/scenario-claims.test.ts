import { expect, test } from "vitest";
import { addressRecord, probeFor } from "./bare/records.ts";
import { claimHostName, SimService } from "./bare/sim-service.ts";
import { outline } from "./outline.ts";
import { SimLan } from "./sim-lan.ts";
import { watchInvariants } from "./watch/invariants.ts";

const half = () => 0.5;

function quietLan() {
  const lan = new SimLan({ seed: 1 });
  watchInvariants(lan);
  const segment = lan.segment();
  return { lan, segment, host: lan.host("a", [segment], { random: half }), peer: lan.peer("peer", segment) };
}

test("three probes 250 ms apart, then two announcements, host and service in the same packets (P-05, P-06, P-27, P-45)", () => {
  const { lan, host } = quietLan();
  const on = claimHostName(host, "a");
  const service = new SimService({ on, instance: "S", type: "_http._tcp", port: 80 });
  lan.run(86_400_000);
  const probe = "a.e0 probe a.local S._http._tcp.local";
  const response =
    "a.e0 response a.local 1.0.77.10.in-addr.arpa _http._tcp.local _services._dns-sd._udp.local S._http._tcp.local";
  expect(outline(lan.log)).toEqual([
    `125 ${probe}`,
    `375 ${probe}`,
    `625 ${probe}`,
    `875 ${response}`,
    `1895 ${response}`,
  ]);
  expect(service.claim.news).toEqual(["0 probing", "875 announced"]);
});

test.each([
  { probe: 1, at: 130 },
  { probe: 2, at: 380 },
  { probe: 3, at: 870 },
])("a response for the name after probe $probe takes it away: the next one is probed (P-10, P-37)", ({ at, probe }) => {
  const { lan, host, peer } = quietLan();
  const claim = claimHostName(host, "a");
  lan.clock.at(at, () => peer.send({ response: true, answers: [addressRecord("a.local", "10.77.9.9")] }));
  lan.run(at + 1_200);
  const start = at + 125;
  expect(claim.renames).toEqual([{ time: at, from: "a", to: "a-2" }]);
  expect(outline(lan.log).filter((line) => line.includes("a.e0"))).toEqual([
    ...[125, 375, 625].slice(0, probe).map((time) => `${time} a.e0 probe a.local`),
    ...[start, start + 250, start + 500].map((time) => `${time} a.e0 probe a-2.local`),
    `${start + 750} a.e0 response a-2.local 1.0.77.10.in-addr.arpa`,
  ]);
});

test("a response before the first probe is no conflict (P-11)", () => {
  const { lan, host, peer } = quietLan();
  const claim = claimHostName(host, "a");
  lan.clock.at(100, () => peer.send({ response: true, answers: [addressRecord("a.local", "10.77.9.9")] }));
  lan.run(2_000);
  expect(claim.renames).toEqual([]);
  expect(claim.label).toBe("a");
});

test.each([
  { probe: 1, at: 130 },
  { probe: 2, at: 380 },
  { probe: 3, at: 630 },
])("a later simultaneous probe after probe $probe costs a second, not the name (P-14, P-16)", ({ at, probe }) => {
  const { lan, host, peer } = quietLan();
  const claim = claimHostName(host, "a");
  lan.clock.at(at, () => peer.send(probeFor("a.local", "10.99.0.1")));
  lan.run(at + 1_800);
  expect(outline(lan.log).filter((line) => line.includes("a.e0"))).toEqual([
    ...[125, 375, 625].slice(0, probe).map((time) => `${time} a.e0 probe a.local`),
    ...[at + 1_000, at + 1_250, at + 1_500].map((time) => `${time} a.e0 probe a.local`),
    `${at + 1_750} a.e0 response a.local 1.0.77.10.in-addr.arpa`,
  ]);
  expect(claim.renames).toEqual([]);
});

test.each([
  { rival: "an earlier", address: "10.1.0.1" },
  { rival: "an equal", address: "10.77.0.1" },
])("$rival simultaneous probe changes nothing (P-15, P-17)", ({ address }) => {
  const { lan, host, peer } = quietLan();
  claimHostName(host, "a");
  lan.clock.at(380, () => peer.send(probeFor("a.local", address)));
  lan.run(1_000);
  expect(outline(lan.log).filter((line) => line.includes("a.e0"))).toEqual([
    "125 a.e0 probe a.local",
    "375 a.e0 probe a.local",
    "625 a.e0 probe a.local",
    "875 a.e0 response a.local 1.0.77.10.in-addr.arpa",
  ]);
});

test("two hosts that want one name at once: the later data keeps it, the other waits and takes the next (P-14 to P-16)", () => {
  const { lan, segment, host } = quietLan();
  const other = lan.host("b", [segment], { random: half });
  const claims = [claimHostName(host, "x"), claimHostName(other, "x")];
  lan.run(5_000);
  // b has the higher address. a gives way to b's first probe at 125, and hears b's announcement while it waits.
  expect(claims.map(({ label }) => label)).toEqual(["x-2", "x"]);
  expect(claims[0]?.renames).toEqual([{ time: 875, from: "x", to: "x-2" }]);
  expect(claims[0]?.news).toEqual(["0 probing", "875 lost", "875 probing", "1750 announced"]);
  expect(claims[1]?.news).toEqual(["0 probing", "875 announced"]);
});

test("a probe for an established name is answered at once, by unicast, and the name stays (A-33, A-34)", () => {
  const { lan, host, peer } = quietLan();
  claimHostName(host, "a");
  lan.clock.at(5_000, () => peer.send(probeFor("a.local", "10.99.0.1")));
  lan.run(10_000);
  expect(outline(lan.log, 5_000)).toEqual([
    "5000 peer probe a.local",
    `5000 a.e0 response to ${peer.addresses.ipv4} a.local`,
  ]);
});

test("an established name that another host answers for is probed again and kept if nobody objects (P-33)", () => {
  const { lan, host, peer } = quietLan();
  const claim = claimHostName(host, "a");
  lan.clock.at(5_000, () => peer.send({ response: true, answers: [addressRecord("a.local", "10.77.9.9")] }));
  lan.run(10_000);
  expect(claim.news.slice(2)).toEqual(["5000 probing", "5875 announced"]);
  expect(outline(lan.log, 5_000)).toEqual([
    "5000 peer response a.local",
    "5125 a.e0 probe a.local",
    "5375 a.e0 probe a.local",
    "5625 a.e0 probe a.local",
    "5875 a.e0 response a.local 1.0.77.10.in-addr.arpa",
    "6895 a.e0 response a.local 1.0.77.10.in-addr.arpa",
  ]);
});

test("an established name is given up when its rival defends it (P-34, P-37, P-43)", () => {
  const { lan, host, peer } = quietLan();
  const claim = claimHostName(host, "a");
  const rival = { response: true, answers: [addressRecord("a.local", "10.77.9.9")] };
  peer.onMessage = (message) => {
    if (lan.clock.now() > 5_000 && message.questions.some(({ name }) => name.toString() === "a.local"))
      peer.send(rival);
  };
  lan.clock.at(5_000, () => peer.send(rival));
  lan.run(10_000);
  expect(claim.renames).toEqual([{ time: 5_125, from: "a", to: "a-2" }]);
  expect(claim.news.slice(2)).toEqual(["5000 probing", "5125 lost", "5125 probing", "6000 announced"]);
});

test("endless denials: at most 15 attempts in 10 s, then one in 5 s, and the name is had after they end (P-22, BC-06)", () => {
  const { lan, host, peer } = quietLan();
  const claim = claimHostName(host, "a");
  peer.onMessage = (message) => {
    if (lan.clock.now() > 60_000 || message.authorities.length === 0) return;
    for (const { name } of message.questions) {
      peer.send({ response: true, answers: [addressRecord(name.toString(), "10.77.9.9")] });
    }
  };
  lan.run(60_000);
  const attempts = claim.renames.map(({ time }) => time);
  expect(attempts.filter((time) => time <= 10_000).length).toBeLessThanOrEqual(15);
  const late = attempts.filter((time) => time > 20_000);
  for (const [index, time] of late.slice(1).entries()) expect(time - (late[index] ?? 0)).toBeGreaterThanOrEqual(5_000);
  expect(claim.news.filter((news) => news.endsWith("unsettled"))).toHaveLength(0);
  lan.run(6_000);
  expect(claim.settled).toBe(true);
});

test("a minute without any name is told (P-42)", () => {
  const { lan, host, peer } = quietLan();
  const claim = claimHostName(host, "a");
  peer.onMessage = (message) => {
    if (message.authorities.length === 0) return;
    for (const { name } of message.questions) {
      peer.send({ response: true, answers: [addressRecord(name.toString(), "10.77.9.9")] });
    }
  };
  lan.run(70_000);
  const told = claim.news.filter((news) => news.endsWith("unsettled"));
  expect(told).toHaveLength(1);
  expect(Number.parseFloat(told[0] ?? "")).toBeGreaterThanOrEqual(60_000);
});
