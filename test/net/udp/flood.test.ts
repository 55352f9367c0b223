import { expect, test } from "vitest";
import { UdpSocket } from "../../../src/udp/index.ts";
import { HERE } from "./model.ts";

test("of 100,000 unread datagrams the inbox keeps no more bytes than its budget, and counts the rest", async () => {
  const [receiver, sender] = [new UdpSocket(), new UdpSocket()];
  await receiver.bind(HERE, 0);
  receiver.setReceiveBufferSize(50_000);
  const { localPort } = receiver.addresses();
  const data = Buffer.alloc(256);
  for (let sent = 0; sent < 100_000; sent += 20) {
    for (let n = 0; n < 20; n++) expect(sender.trySendTo(HERE, localPort, data)).toBe(true);
    await receiver.settled();
  }
  const { received, dropped } = receiver.counters;
  expect(received).toBeGreaterThan(0);
  expect(received * (256 + 768)).toBeLessThanOrEqual(100_000); // Linux doubles the size asked for
  expect(dropped).toBeGreaterThan(received);
  let kept = 0;
  while (receiver.tryReceive() !== undefined) kept++;
  expect(kept).toBe(received);
  receiver.close();
  sender.close();
});
