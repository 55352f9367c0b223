import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink, type PeerOptions } from "./core-on-link.ts";
import { a, nsec, ptr, question } from "./records.ts";

const BROWSE = question("_http._tcp.local", TYPE.PTR);
const ONE = ptr(BROWSE.name, "One._http._tcp.local");

/** Asks with QU at 70 ms, as the link has just come up. */
function justUp(): CoreOnLink {
  const link = new CoreOnLink();
  link.ask(BROWSE);
  return link.run(70);
}

describe("a response sent to our own address (RFC 6762 §6)", () => {
  test.each([
    ["just after our QU question", 1, true],
    ["a second after it", 1_000, true],
    ["five seconds after it", 5_000, false],
  ])("%s (Q-18, S-02)", (_case, wait, taken) => {
    const link = justUp().run(wait).respond(ONE, {}, { to: "host" });
    expect(link.told.map(({ change }) => change)).toEqual(taken ? ["added"] : []);
  });

  test("is ignored when our question was QM (Q-18)", () => {
    const link = new CoreOnLink().run(60_000);
    link.ask(BROWSE);
    expect(link.run(100).respond(ONE, {}, { to: "host" }).told).toEqual([]);
  });

  test("is ignored when it answers something else (Q-18)", () => {
    const link = justUp();
    link.ask(question("peer.local", TYPE.A));
    link.run(3_000).clear();
    link.respond(a("peer.local", "10.77.0.2"), { additionals: [ONE] }, { to: "host" });
    expect(link.told).toEqual([]);
  });

  test("is ignored when nothing was asked (Q-18, S-02)", () => {
    const link = new CoreOnLink();
    link.respond(ONE, {}, { to: "host" });
    link.ask(BROWSE);
    expect(link.told).toEqual([]);
  });

  test.each<[string, PeerOptions]>([
    ["from off the link (RFC 6762 §11; L-12, Q-30, S-01)", { to: "host", onLink: false, address: "192.0.2.9" }],
    ["from another port (RFC 6762 §6; L-04)", { to: "host", port: 5_354 }],
    ["to the group from another port (RFC 6762 §6; L-04)", { port: 5_354 }],
  ])("%s it is ignored all the same", (_case, options) => {
    expect(justUp().respond(ONE, {}, options).told).toEqual([]);
  });

  test("to the group from a foreign subnet it is taken: the group is local (RFC 6762 §11; L-11)", () => {
    const link = justUp().respond(ONE, {}, { onLink: false, address: "192.0.2.9" });
    expect(link.told.map(({ change }) => change)).toEqual(["added"]);
  });
});

describe("a denial by unicast (RFC 6762 §6.1)", () => {
  test("alone it answers our QU question (Q-18, Q-28)", () => {
    const link = new CoreOnLink();
    link.ask(question("peer.local", TYPE.AAAA));
    link.run(200).clear();
    link.respond(nsec("peer.local", [TYPE.A], { flush: true }), {}, { to: "host" });
    expect(link.events).toEqual(["0 absent"]);
  });
});
