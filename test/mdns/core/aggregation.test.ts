import { describe, expect, test } from "vitest";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { seeded } from "../../sim/random.ts";
import { answersOf, CoreOnLink } from "./core-on-link.ts";
import { HOST_CLAIM, PTR, SERVICE_CLAIM, SERVICE_TYPE } from "./printer.ts";
import { brief, own, ptr, question, srv, txt } from "./records.ts";

const WEB = "Web._http._tcp.local";
const WEB_PTR = ptr("_http._tcp.local", WEB);
const WEB_CLAIM = [...own("shared", WEB_PTR), ...own("unique", srv(WEB, "host.local", 80), txt(WEB, [""]))];

describe("answers that wait at the same time share a packet (RFC 6762 §6.4)", () => {
  test.each([0, 5, 15, 50])("two shared answers asked for %i ms apart (A-29)", (apart) => {
    for (let seed = 0; seed < 50; seed++) {
      const link = new CoreOnLink({ random: seeded("aggregation", apart, seed) });
      link.settled(HOST_CLAIM, SERVICE_CLAIM, WEB_CLAIM).query(question(SERVICE_TYPE, TYPE.PTR), {}, { peer: 2 });
      link.run(apart);
      if (link.sent.length > 0) continue;
      link.query(question("_http._tcp.local", TYPE.PTR), {}, { peer: 3 });
      link.run(3_000);
      expect(link.sent.map((sent) => answersOf(sent).sort())).toEqual([[brief(WEB_PTR), brief(PTR)]]);
      expect(link.sent[0]?.at).toBeGreaterThanOrEqual(apart + 20);
      expect(link.sent[0]?.at).toBeLessThanOrEqual(apart + 120);
    }
  });

  test("the same question twice gets one answer (A-29, A-30)", () => {
    const link = new CoreOnLink().settled(HOST_CLAIM, SERVICE_CLAIM);
    link.query(question(SERVICE_TYPE, TYPE.PTR), {}, { peer: 2 });
    link.run(10).query(question(SERVICE_TYPE, TYPE.PTR), {}, { peer: 3 });
    link.run(3_000);
    expect(link.sent.map(answersOf)).toEqual([[brief(PTR)]]);
  });
});
