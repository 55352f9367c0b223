import fc from "fast-check";
import { expect, test } from "vitest";
import { DATAGRAM_OVERHEAD, type Datagram, Inbox } from "../../src/udp/inbox.ts";

const datagram = (length: number, port: number): Datagram => ({ data: Buffer.alloc(length), host: "h", port });

test("it is a queue that drops the newest above its budget, and always takes one when empty", () => {
  const steps = fc.array(fc.oneof(fc.record({ push: fc.integer({ min: 0, max: 3_000 }) }), fc.constant("shift")), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 40_000 }), (all, budget) => {
      const inbox = new Inbox();
      inbox.budget = budget;
      const model: Datagram[] = [];
      let dropped = 0;
      for (const [port, step] of all.entries()) {
        if (typeof step === "string") {
          expect(inbox.shift()).toBe(model.shift());
        } else {
          const next = datagram(step.push, port);
          const used = model.reduce((sum, { data }) => sum + data.length + DATAGRAM_OVERHEAD, 0);
          if (model.length === 0 || used + next.data.length + DATAGRAM_OVERHEAD <= budget) model.push(next);
          else dropped++;
          inbox.push(next);
        }
        expect([inbox.size, inbox.dropped]).toEqual([model.length, dropped]);
        if (model.length > 1) expect(inbox.used).toBeLessThanOrEqual(budget);
      }
    }),
  );
});

test("it grows past its first ring in order, from any position", () => {
  const inbox = new Inbox();
  for (let n = 0; n < 10; n++) inbox.push(datagram(0, n));
  for (let n = 0; n < 10; n++) expect(inbox.shift()?.port).toBe(n);
  for (let n = 0; n < 100; n++) inbox.push(datagram(0, n));
  for (let n = 0; n < 100; n++) expect(inbox.shift()?.port).toBe(n);
  expect([inbox.shift(), inbox.size, inbox.used]).toEqual([undefined, 0, 0]);
});
