import { expect, test } from "vitest";
import { populate } from "./bare/populate.ts";
import { readMessage } from "./describe-message.ts";
import { between } from "./random.ts";
import { SimLan } from "./sim-lan.ts";

const HOUR = 3_600_000;
const HOSTS = 20;

test.each([1, 2, 3])(
  "seed %i: hosts with services of two types answer their browsers once an hour, whatever changes (Q-25, A-29)",
  (seed) => {
    const lan = new SimLan({ seed });
    const segment = lan.segment("lan", { delay: 0.3 });
    const { replaceOne } = populate(lan, segment, { hosts: HOSTS, browsing: 5, resolve: false, within: 10_000 });
    for (let hour = 0; hour < 6; hour++) {
      lan.run(between(lan.random, 0, HOUR));
      replaceOne();
      lan.run((hour + 1) * HOUR - lan.clock.now());
    }
    let responses = 0;
    lan.log.watch(({ frame }) => {
      if (readMessage(frame.bytes)?.response === true) responses++;
    });
    lan.run(6 * HOUR);
    expect(responses).toBeGreaterThanOrEqual(6 * (HOSTS - 1));
    expect(responses).toBeLessThanOrEqual(6 * (HOSTS + 10));
  },
);
