import { expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { CoreOnLink } from "./core-on-link.ts";
import { own, question, srv } from "./records.ts";

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
