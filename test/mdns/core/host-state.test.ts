import { expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { own, ptr, question, srv } from "./records.ts";

const NAME = "Site._http._tcp.local";

test("data that was only proposed is not taken for a late copy of ours: the owner's denial counts (P-10, P-34)", () => {
  const link = new CoreOnLink();
  const claim = link.register(own("unique", srv(NAME, "alpha.local", 80)));
  link.run(400);
  link.update(claim, own("unique", srv(NAME, "alpha-2.local", 80)));
  link.respond([srv(NAME, "alpha.local", 80)]).run(100);
  expect(link.news.at(-1)?.news).toBe("lost");
});

test("data that was announced and changed is: a late copy of it is no conflict (P-35, H-29)", () => {
  const link = new CoreOnLink();
  const claim = link.register(own("unique", srv(NAME, "alpha.local", 80)));
  link.run(10_000).clear();
  link.update(claim, own("unique", srv(NAME, "alpha-2.local", 80)));
  link.respond([srv(NAME, "alpha.local", 80)]).run(1_000);
  expect(link.news.map(({ news }) => news)).not.toContain("probing");
  expect(link.core.known(question(NAME, TYPE.SRV), link.now)).toHaveLength(1);
});

test("what another responder of this host says of an address is left to it, without a goodbye or a denial (N-24, A-60)", () => {
  const reverse = "1.0.77.10.in-addr.arpa";
  const link = new CoreOnLink();
  link.register(own("known-unique", ptr(reverse, "ours.local", { ttl: 120 })));
  link.run(10_000).clear();
  const authorities = [ptr(reverse, "theirs.local", { ttl: 120 })];
  link.query(question(reverse, TYPE.ANY), { authorities }, { fromThisHost: true });
  link.query(question(reverse, TYPE.PTR)).run(2_000);
  expect(link.sent).toEqual([]);
});

test("a service that its publisher calls unique already is defended against another program of this host (P-24)", () => {
  const link = new CoreOnLink();
  link.register(own("known-unique", srv(NAME, "alpha.local", 80)));
  link.run(10_000).clear();
  const authorities = [srv(NAME, "beta.local", 81)];
  link.query(question(NAME, TYPE.ANY), { authorities }, { fromThisHost: true }).run(2_000);
  expect(link.sent.map(({ message }) => message.answers.map(({ data }) => data))).toEqual([
    [srv(NAME, "alpha.local", 80).data],
  ]);
});
