import { expect, test } from "vitest";
import { sync, UdpSocket } from "../../src/udp/index.ts";
import { arrived, bound, connectedPair, HERE, NO_IPV6, portOf, text } from "./loopback.ts";

const DATA = text("x");
const CLOSED = { code: "ERR_UDP_CLOSED", name: "UdpNetworkError" };

const operations: Record<string, (socket: UdpSocket) => unknown> = {
  close: (s) => s.close(),
  bind: (s) => s.bind(null, 0),
  "bind to a name": (s) => s.bind("localhost", 0),
  connect: (s) => s.connect(HERE, 9),
  disconnect: (s) => s.disconnect(),
  addresses: (s) => s.addresses(),
  sendTo: (s) => s.sendTo(HERE, 9, DATA),
  "sendTo a name": (s) => s.sendTo("localhost", 9, DATA),
  trySendTo: (s) => s.trySendTo(HERE, 9, DATA),
  send: (s) => s.send(DATA),
  trySend: (s) => s.trySend(DATA),
  receive: (s) => s.receive(),
  tryReceive: (s) => s.tryReceive(),
  receiveInto: (s) => s.receiveInto(Buffer.alloc(1)),
  tryReceiveInto: (s) => s.tryReceiveInto(Buffer.alloc(1)),
  "sync on receiveEvt": (s) => sync(s.receiveEvt()),
  "sync on receiveIntoEvt": (s) => sync(s.receiveIntoEvt(Buffer.alloc(1))),
  "sync on sendToEvt": (s) => sync(s.sendToEvt(HERE, 9, DATA)),
  "sync on sendEvt": (s) => sync(s.sendEvt(DATA)),
  setReceiveBufferSize: (s) => s.setReceiveBufferSize(4096),
  ttl: (s) => s.ttl,
  setTtl: (s) => s.setTtl(1),
  multicastTtl: (s) => s.multicastTtl,
  setMulticastTtl: (s) => s.setMulticastTtl(1),
  multicastLoopback: (s) => s.multicastLoopback,
  setMulticastLoopback: (s) => s.setMulticastLoopback(true),
  multicastInterface: (s) => s.multicastInterface,
  setMulticastInterface: (s) => s.setMulticastInterface(null),
  joinGroup: (s) => s.joinGroup("239.1.1.1", null),
  leaveGroup: (s) => s.leaveGroup("239.1.1.1", null),
};

test.each(Object.entries(operations))("%s on a closed socket is a network error", async (_name, call) => {
  const used = await bound();
  await used.connect(HERE, 9);
  const unused = new UdpSocket();
  for (const socket of [used, unused]) {
    socket.close();
    await expect(Promise.resolve(socket).then(call)).rejects.toMatchObject(CLOSED);
  }
});

test("predicates, flags and ready events answer on a closed socket", async () => {
  const socket = await bound();
  socket.close();
  expect([UdpSocket.isUdpSocket(socket), socket.bound, socket.connected, socket.closed]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  const [receiveReady, sendReady] = [socket.receiveReadyEvt(), socket.sendReadyEvt()];
  expect(await sync(receiveReady)).toBe(receiveReady);
  expect(await sync(sendReady)).toBe(sendReady);
  expect(socket.unref().ref()).toBe(socket);
});

test("disposing tolerates a closed socket", async () => {
  const socket = await bound();
  await socket[Symbol.asyncDispose]();
  await socket[Symbol.asyncDispose]();
  expect(socket.closed).toBe(true);
});

const waits: Record<string, (socket: UdpSocket) => Promise<unknown>> = {
  receive: (s) => s.receive(),
  receiveInto: (s) => s.receiveInto(Buffer.alloc(4)),
  "sync on receiveEvt": (s) => sync(s.receiveEvt()),
  "sync with a time limit": (s) => sync(s.receiveIntoEvt(Buffer.alloc(4)), { timeoutMs: 3_600_000 }),
};

test.each(Object.entries(waits))("closing wakes every waiting %s with a network error (§4)", async (_name, wait) => {
  const socket = await bound();
  const waiting = [wait(socket), wait(socket), wait(socket)];
  socket.close();
  for (const outcome of await Promise.allSettled(waiting)) expect(outcome).toMatchObject({ reason: CLOSED });
});

test("closing makes a waiting receive-ready event ready, and ends iterations", async () => {
  const socket = await bound();
  const ready = socket.receiveReadyEvt();
  const [waiting, step] = [sync(ready), socket[Symbol.asyncIterator]().next()];
  socket.close();
  expect(await waiting).toBe(ready);
  expect(await step).toEqual({ done: true, value: undefined });
});

const whileResolving: Record<string, (socket: UdpSocket) => Promise<unknown>> = {
  bind: (s) => s.bind("localhost", 0),
  connect: (s) => s.connect("localhost", 9),
  sendTo: (s) => s.sendTo("localhost", 9, DATA),
  sendToEvt: (s) => sync(s.sendToEvt("localhost", 9, DATA)),
};

test.each(Object.entries(whileResolving))("closing while %s resolves a name", async (_name, call) => {
  const socket = new UdpSocket();
  const outcome = expect(call(socket)).rejects.toMatchObject(CLOSED);
  socket.close();
  await outcome;
});

const inOneTick: Record<string, (socket: UdpSocket) => Promise<unknown>> = {
  bind: (s) => s.bind(HERE, 0),
  connect: (s) => s.connect(HERE, 9),
  sendTo: (s) => s.sendTo(HERE, 9, DATA),
};

test.each(Object.entries(inOneTick))(
  "%s of a literal has happened before a close in the same tick",
  async (_n, call) => {
    const socket = new UdpSocket();
    const done = call(socket);
    socket.close();
    await done;
  },
);

test.skipIf(NO_IPV6 !== undefined)("closing after a failed connect still tells its error", async () => {
  const socket = new UdpSocket({ family: "ipv6", ipv6Only: true });
  const refused = expect(socket.connect(HERE, 9)).rejects.toMatchObject({ code: "ENETUNREACH", syscall: "connect" });
  socket.close();
  await refused;
});

test("unread datagrams are gone, and the port is free at once for one who hears nothing old", async () => {
  const [a, b] = await connectedPair();
  await a.send(text("old"));
  await arrived(b, 1);
  const port = portOf(b);
  b.close();
  const next = new UdpSocket();
  await next.bind(HERE, port);
  await next.settled();
  expect(next.tryReceive()).toBeUndefined();
  for (const s of [a, next]) s.close();
});

test("closing inside a woken call stops the delivery to those behind it", async () => {
  const [socket, sender] = [await bound(), await bound()];
  const first = sync(
    socket.receiveEvt().map(({ data }) => {
      socket.close();
      return data;
    }),
  );
  const second = socket.receive();
  const closed = expect(second).rejects.toMatchObject(CLOSED);
  await sender.sendTo(HERE, portOf(socket), DATA);
  expect(await first).toEqual(DATA);
  await closed;
  sender.close();
});
