import { describe, expect, onTestFinished, test } from "vitest";
import { sync, UdpSocket } from "../../src/udp/index.ts";
import { bound, deadPort, HERE, NO_IPV6, text } from "./loopback.ts";

const DATA = text("x");
const REFUSED = { code: "ECONNREFUSED", name: "UdpErrnoError" };

/** Connected to a dead port, with the refusal of a first send pending. */
async function refused(): Promise<UdpSocket> {
  const socket = await bound();
  onTestFinished(() => {
    if (!socket.closed) socket.close();
  });
  await socket.connect(HERE, await deadPort());
  await socket.send(DATA);
  await sync(socket.receiveReadyEvt());
  return socket;
}

test("the first send to a dead port succeeds, the next raises once and sends nothing, the one after succeeds", async () => {
  const socket = await refused();
  expect(socket.counters.sent).toBe(1);
  await expect(socket.send(DATA)).rejects.toMatchObject({ ...REFUSED, address: HERE });
  expect(socket.counters.sent).toBe(1);
  await socket.send(DATA);
  expect(socket.counters.sent).toBe(2);
});

test.each<[string, (s: UdpSocket) => unknown]>([
  ["trySend", (s) => s.trySend(DATA)],
  ["send", (s) => s.send(DATA)],
  ["sendEvt", (s) => sync(s.sendEvt(DATA))],
])("a pending refusal is raised by %s, once", async (_name, call) => {
  const socket = await refused();
  await expect(Promise.resolve(socket).then(call)).rejects.toMatchObject(REFUSED);
  await call(socket);
});

test.each<[string, (s: UdpSocket) => unknown]>([
  ["tryReceive", (s) => s.tryReceive()],
  ["tryReceiveInto", (s) => s.tryReceiveInto(Buffer.alloc(1))],
  ["sync on a receive event", (s) => sync(s.receiveEvt(), { timeoutMs: 0 })],
  ["a receive that is aborted", (s) => s.receive({ signal: AbortSignal.timeout(1) }).catch(() => undefined)],
])("%s absorbs a pending refusal as nothing there", async (_name, call) => {
  const socket = await refused();
  expect((await call(socket)) ?? undefined).toBeUndefined();
  await socket.send(DATA);
});

test("a waiting receive absorbs a refusal and goes on (§4)", async () => {
  const socket = await bound();
  const dead = await deadPort();
  await socket.connect(HERE, dead);
  const waiting = socket.receive();
  await socket.send(DATA);
  await socket.settled();
  await socket.send(DATA);
  const revived = new UdpSocket();
  await revived.bind(HERE, dead);
  await revived.sendTo(HERE, socket.addresses().localPort, text("alive"));
  expect((await waiting).data).toEqual(text("alive"));
  for (const s of [socket, revived]) s.close();
});

test("a pending refusal makes receive-ready ready, level-triggered, and send-ready stays ready", async () => {
  const socket = await bound();
  await socket.connect(HERE, await deadPort());
  const ready = socket.receiveReadyEvt();
  const [first, second] = [sync(ready), sync(ready)];
  await socket.send(DATA);
  expect([await first, await second, await sync(ready)]).toEqual([ready, ready, ready]);
  expect(await sync(socket.sendReadyEvt(), { timeoutMs: 0 })).not.toBeNull();
  expect(socket.tryReceive()).toBeUndefined();
  expect(await sync(ready, { timeoutMs: 0 })).toBeNull();
  socket.close();
});

test("of two try sends in one tick the second is told of the refusal later", async () => {
  const socket = await bound();
  await socket.connect(HERE, await deadPort());
  expect([socket.trySend(DATA), socket.trySend(DATA)]).toEqual([true, true]);
  await sync(socket.receiveReadyEvt());
  expect(() => socket.trySend(DATA)).toThrow(expect.objectContaining(REFUSED));
  expect(socket.trySend(DATA)).toBe(true);
  await socket.settled();
  socket.close();
});

/** No IPv4 address can be reached from an IPv6-only socket, which Node tells a tick after the call. */
async function failedTry(): Promise<UdpSocket> {
  const socket = new UdpSocket({ family: "ipv6", ipv6Only: true });
  await socket.bind("::1", 0);
  onTestFinished(() => {
    if (!socket.closed) socket.close();
  });
  expect(socket.trySendTo(HERE, 9, DATA)).toBe(true);
  await socket.settled();
  expect(socket.counters.sent).toBe(0);
  return socket;
}

const UNREACHABLE = { code: "ENETUNREACH", syscall: "send", address: `::ffff:${HERE}`, port: 9 };

describe.skipIf(NO_IPV6 !== undefined)(`an error that comes a tick later ${NO_IPV6 ?? ""}`, () => {
  test.each<[string, (s: UdpSocket) => unknown]>([
    ["trySendTo", (s) => s.trySendTo("::1", 9, DATA)],
    ["sendTo", (s) => s.sendTo("::1", 9, DATA)],
    ["tryReceive", (s) => s.tryReceive()],
    ["receive", (s) => s.receive()],
    ["sync on a receive event", (s) => sync(s.receiveEvt())],
  ])("a try send that failed a tick later is raised by the next %s, once", async (_name, call) => {
    const socket = await failedTry();
    expect(await sync(socket.receiveReadyEvt(), { timeoutMs: 0 })).not.toBeNull();
    await expect(Promise.resolve(socket).then(call)).rejects.toMatchObject(UNREACHABLE);
    expect(socket.tryReceive()).toBeUndefined();
    expect(socket.trySendTo("::1", 9, DATA)).toBe(true);
  });

  test("an iteration is not ended by the failure of a try send", async () => {
    const socket = await failedTry();
    const step = socket[Symbol.asyncIterator]().next();
    await expect(socket.sendTo("::1", 9, DATA)).rejects.toMatchObject(UNREACHABLE);
    await socket.sendTo("::1", socket.addresses().localPort, text("on"));
    expect(await step).toMatchObject({ done: false, value: { data: text("on") } });
  });

  test("receive-ready wakes for it", async () => {
    const only = new UdpSocket({ family: "ipv6", ipv6Only: true });
    await only.bind("::1", 0);
    const waiting = sync(only.receiveReadyEvt());
    expect(only.trySendTo(HERE, 9, DATA)).toBe(true);
    await waiting;
    expect(() => only.tryReceive()).toThrow(expect.objectContaining({ code: "ENETUNREACH" }));
    only.close();
  });
});
