import { expect, test } from "vitest";
import { UdpSocket } from "../../src/udp/index.ts";

test("a datagram sent to a group on lo comes back to its member", async () => {
  await using socket = new UdpSocket();
  await socket.bind("224.0.0.251", 0, { reuse: true });
  const { localPort } = socket.addresses();
  socket.joinGroup("224.0.0.251", "127.0.0.1");
  socket.setMulticastInterface("127.0.0.1");
  expect(socket.trySendTo("224.0.0.251", localPort, Buffer.from("hello"))).toBe(true);
  expect(await socket.receive()).toEqual({ data: Buffer.from("hello"), host: "127.0.0.1", port: localPort });
});
