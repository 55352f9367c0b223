import { expect, test } from "vitest";
import { LIMITS } from "../../src/mdns/core/limits.ts";
import { TYPE } from "../../src/mdns/wire/record-type.ts";
import { pointerRecord, questionFor } from "./bare/records.ts";
import { SimBrowser } from "./bare/sim-browser.ts";
import { claimHostName, SimService } from "./bare/sim-service.ts";
import { SimLan } from "./sim-lan.ts";
import { watchInvariants } from "./watch/invariants.ts";

const TYPE_NAME = "_http._tcp.local";

test("a flood of instances fills the cache to its cap, and services of others stay in view (C-22, S-11)", () => {
  const lan = new SimLan({ seed: 1, keepPackets: 0 });
  watchInvariants(lan);
  const segment = lan.segment();
  const [server, client] = [lan.host("a", [segment]), lan.host("b", [segment])];
  const peer = lan.peer("peer", segment);
  new SimService({ on: claimHostName(server, "a"), instance: "Real", type: "_http._tcp", port: 80 });
  const browser = new SimBrowser(client, { type: "_http._tcp" });
  lan.run(5_000);
  for (let packet = 0; packet < 300; packet++) {
    const answers = Array.from({ length: 40 }, (_, index) =>
      pointerRecord(TYPE_NAME, `fake-${40 * packet + index}.${TYPE_NAME}`),
    );
    peer.send({ response: true, answers });
    lan.run(1);
  }
  const [link] = client.links;
  expect(link?.core.counters.cache.records).toBe(LIMITS.cacheRecords);
  expect([...browser.view.keys()]).toContain("Real");
});

test("a flood of truncated queries is collected up to its cap (S-11)", () => {
  const lan = new SimLan({ seed: 1, keepPackets: 0 });
  watchInvariants(lan);
  const segment = lan.segment();
  const server = lan.host("a", [segment]);
  new SimService({ on: claimHostName(server, "a"), instance: "Real", type: "_http._tcp", port: 80 });
  lan.run(5_000);
  for (let source = 0; source < 2 * LIMITS.truncatedSources; source++) {
    lan.peer(`p${source}`, segment).send({ truncated: true, questions: [questionFor(TYPE_NAME, TYPE.PTR)] });
  }
  lan.run(0);
  const [link] = server.links;
  expect(link?.core.counters.responder.truncatedQueries).toBe(LIMITS.truncatedSources);
  lan.run(2_000);
  expect(link?.core.counters.responder.truncatedQueries).toBe(0);
});
