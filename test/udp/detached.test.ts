import { describe, expect, test } from "vitest";
import { sync, UdpContractError, UdpSocket } from "../../src/udp/index.ts";
import { bound, HERE, portOf, text } from "./loopback.ts";

function detach(bytes: Uint8Array): void {
  structuredClone(bytes.buffer, { transfer: [bytes.buffer as ArrayBuffer] });
}

function detached(): Uint8Array {
  const bytes = new Uint8Array(8);
  detach(bytes);
  return bytes;
}

const takesBytes: Record<string, (socket: UdpSocket, bytes: Uint8Array) => unknown> = {
  sendTo: (socket, bytes) => socket.sendTo(HERE, 9, bytes),
  trySendTo: (socket, bytes) => socket.trySendTo(HERE, 9, bytes),
  sendToEvt: (socket, bytes) => socket.sendToEvt(HERE, 9, bytes),
  send: (socket, bytes) => socket.send(bytes),
  trySend: (socket, bytes) => socket.trySend(bytes),
  sendEvt: (socket, bytes) => socket.sendEvt(bytes),
  receiveInto: (socket, bytes) => socket.receiveInto(bytes),
  tryReceiveInto: (socket, bytes) => socket.tryReceiveInto(bytes),
  receiveIntoEvt: (socket, bytes) => socket.receiveIntoEvt(bytes),
};

test.each(Object.entries(takesBytes))(
  "%s takes no bytes whose memory was handed over to somebody else",
  async (_, call) => {
    const socket = new UdpSocket();
    await expect(async () => call(socket, detached())).rejects.toBeInstanceOf(UdpContractError);
    expect(socket.bound).toBe(false);
  },
);

test("bytes without a length are no such bytes", async () => {
  const [from, to] = [new UdpSocket(), await bound()];
  for (const bytes of [new Uint8Array(0), new Uint8Array(4).subarray(4), new Uint8Array(new SharedArrayBuffer(0))]) {
    await from.sendTo(HERE, portOf(to), bytes);
    expect((await to.receive()).data).toHaveLength(0);
  }
  from.close();
  to.close();
});

test("a send event whose bytes are gone by then fails, sends nothing and does not bind", async () => {
  const socket = new UdpSocket();
  const bytes = new Uint8Array(8);
  const [whole, part] = [socket.sendToEvt(HERE, 9, bytes), socket.sendToEvt(HERE, 9, bytes, { start: 2, end: 4 })];
  detach(bytes);
  await expect(sync(whole)).rejects.toBeInstanceOf(UdpContractError);
  await expect(sync(part)).rejects.toBeInstanceOf(UdpContractError);
  expect([socket.bound, socket.counters.sent]).toEqual([false, 0]);
});

describe("a buffer that is gone when the datagram comes fails, and the datagram stays for the next", () => {
  const ways: Record<string, (socket: UdpSocket, buffer: Uint8Array) => Promise<unknown>> = {
    receiveInto: (socket, buffer) => socket.receiveInto(buffer),
    "receiveInto with a range": (socket, buffer) => socket.receiveInto(buffer, { start: 1, end: 3 }),
    receiveIntoEvt: (socket, buffer) => sync(socket.receiveIntoEvt(buffer)),
  };
  test.each(Object.entries(ways))("%s", async (_, receive) => {
    const socket = await bound();
    const buffer = new Uint8Array(8);
    const refused = expect(receive(socket, buffer)).rejects.toBeInstanceOf(UdpContractError);
    const next = socket.receive();
    detach(buffer);
    await socket.sendTo(HERE, portOf(socket), text("kept"));
    await refused;
    expect(String((await next).data)).toBe("kept");
    socket.close();
  });
});
