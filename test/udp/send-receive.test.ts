import { describe, expect, test } from "vitest";
import { sync, UdpSocket } from "../../src/udp/index.ts";
import { arrived, bound, connectedPair, deadPort, HERE, NO_IPV6, portOf, text } from "./loopback.ts";

const close = (...sockets: readonly UdpSocket[]): void => {
  for (const socket of sockets) socket.close();
};

interface Way {
  readonly name: string;
  readonly open: () => Promise<readonly [UdpSocket, UdpSocket]>;
  send(socket: UdpSocket, to: UdpSocket, data: Uint8Array, range?: { start?: number; end?: number }): unknown;
}

const unconnected = async (): Promise<readonly [UdpSocket, UdpSocket]> => [await bound(), await bound()];
const ipv6 = async (): Promise<readonly [UdpSocket, UdpSocket]> => {
  return [await bound({ family: "ipv6" }), await bound({ family: "ipv6" })];
};

const ipv4Ways: readonly Way[] = [
  { name: "sendTo", open: unconnected, send: (s, to, data, range) => s.sendTo(HERE, portOf(to), data, range) },
  { name: "trySendTo", open: unconnected, send: (s, to, data, range) => s.trySendTo(HERE, portOf(to), data, range) },
  { name: "send", open: connectedPair, send: (s, _to, data, range) => s.send(data, range) },
  { name: "trySend", open: connectedPair, send: (s, _to, data, range) => s.trySend(data, range) },
];

const ipv6Ways: readonly Way[] = [
  { name: "sendTo, IPv6", open: ipv6, send: (s, to, data, range) => s.sendTo("::1", portOf(to), data, range) },
  { name: "trySendTo, IPv6", open: ipv6, send: (s, to, data, range) => s.trySendTo("::1", portOf(to), data, range) },
];

function sendingTests(ways: readonly Way[]): void {
  test.each(ways)("$name sends the whole, a range, and an empty datagram, in order", async ({ name, open, send }) => {
    const [a, b] = await open();
    const success = name.startsWith("try") ? true : undefined;
    const data = text("0123456789");
    for (const range of [undefined, { start: 2, end: 5 }, { start: 7 }, { end: 1 }, { start: 10 }]) {
      expect(await send(a, b, data, range)).toBe(success);
    }
    const got: string[] = [];
    for (let n = 0; n < 5; n++) got.push((await b.receive()).data.toString());
    expect(got).toEqual(["0123456789", "234", "789", "0", ""]);
    expect([a.counters.sent, b.counters.received, b.counters.dropped]).toEqual([5, 5, 0]);
    close(a, b);
  });

  test.each(ways)(
    "$name carries the largest datagram, and one byte more is EMSGSIZE with nothing sent",
    async (way) => {
      const [a, b] = await way.open();
      b.setReceiveBufferSize(150_000);
      const largest = way.name.endsWith("IPv6") ? 65_527 : 65_507;
      await way.send(a, b, Buffer.alloc(largest, 7));
      expect((await b.receive()).data.equals(Buffer.alloc(largest, 7))).toBe(true);
      const tooLarge = Promise.resolve(a).then((s) => way.send(s, b, Buffer.alloc(largest + 1)));
      await expect(tooLarge).rejects.toMatchObject({ code: "EMSGSIZE", name: "UdpErrnoError" });
      await b.settled();
      expect([b.tryReceive(), a.counters.sent]).toEqual([undefined, 1]);
      close(a, b);
    },
  );

  test.each(ways)("$name copies: the bytes may be changed at once", async ({ open, send }) => {
    const [a, b] = await open();
    const data = text("before");
    const done = send(a, b, data);
    data.fill(0);
    await done;
    expect((await b.receive()).data).toEqual(text("before"));
    close(a, b);
  });
}

describe("over IPv4", () => sendingTests(ipv4Ways));
describe.skipIf(NO_IPV6 !== undefined)(`over IPv6 ${NO_IPV6 ?? ""}`, () => sendingTests(ipv6Ways));

test("broadcast and 0.0.0.0 are destinations like any other", async () => {
  const [a, b] = [await bound(), new UdpSocket()];
  await b.bind(null, 0);
  await a.sendTo("0.0.0.0", portOf(b), text("zero"));
  expect((await b.receive()).data).toEqual(text("zero"));
  await a.sendTo("127.255.255.255", portOf(b), text("broadcast"));
  expect((await b.receive()).data).toEqual(text("broadcast"));
  close(a, b);
});

test("an unconnected send to a dead port never reports anything", async () => {
  const [a, port] = [await bound(), await deadPort()];
  for (let n = 0; n < 3; n++) await a.sendTo(HERE, port, text("x"));
  await a.settled();
  expect([a.trySendTo(HERE, port, text("x")), a.tryReceive()]).toEqual([true, undefined]);
  close(a);
});

test.each(["receive", "receiveInto", "tryReceive", "tryReceiveInto"] as const)(
  "%s needs a bound socket",
  async (name) => {
    const socket = new UdpSocket();
    const call = Promise.resolve(socket).then((s): unknown =>
      (s[name] as (b: Buffer | undefined) => unknown).call(s, argument(name)),
    );
    await expect(call).rejects.toMatchObject({ code: "ERR_UDP_NOT_BOUND" });
    close(socket);
  },
);

function argument(name: string): Buffer | undefined {
  return name.endsWith("Into") ? Buffer.alloc(1) : undefined;
}

test.each<[string, { start?: number; end?: number } | undefined, number, string]>([
  ["the whole buffer", undefined, 6, "abcdef.."],
  ["from start", { start: 3 }, 5, "...abcde"],
  ["up to end, truncating", { end: 2 }, 2, "ab......"],
  ["a window, truncating", { start: 1, end: 4 }, 3, ".abc...."],
  ["an empty range, consuming it nevertheless", { start: 4, end: 4 }, 0, "........"],
])("receiveInto and tryReceiveInto write %s and nothing else", async (_what, range, length, wanted) => {
  const [a, b] = await unconnected();
  const expected = { length, host: HERE, port: portOf(a) };
  for (const how of ["waiting", "there", "try"]) {
    const buffer = Buffer.from("........");
    if (how === "waiting") {
      const received = b.receiveInto(buffer, range);
      await a.sendTo(HERE, portOf(b), text("abcdef"));
      expect(await received).toEqual(expected);
    } else {
      await a.sendTo(HERE, portOf(b), text("abcdef"));
      await sync(b.receiveReadyEvt());
      expect(how === "try" ? b.tryReceiveInto(buffer, range) : await b.receiveInto(buffer, range)).toEqual(expected);
    }
    expect(buffer.toString()).toBe(wanted);
  }
  await b.settled();
  expect(b.tryReceive()).toBeUndefined();
  close(a, b);
});

test("an empty datagram is not the same as nothing", async () => {
  const [a, b] = await unconnected();
  expect([b.tryReceive(), b.tryReceiveInto(Buffer.alloc(1))]).toEqual([undefined, undefined]);
  await a.sendTo(HERE, portOf(b), Buffer.alloc(0));
  await sync(b.receiveReadyEvt());
  expect(b.tryReceiveInto(Buffer.alloc(1))).toEqual({ length: 0, host: HERE, port: portOf(a) });
  close(a, b);
});

test("maxLength truncates, and the rest is discarded", async () => {
  const [a, b] = await unconnected();
  for (let n = 0; n < 3; n++) await a.sendTo(HERE, portOf(b), text("abcdef"));
  await arrived(b, 3);
  expect((await b.receive({ maxLength: 4 })).data.toString()).toBe("abcd");
  expect(b.tryReceive({ maxLength: 0 })?.data.length).toBe(0);
  expect(b.tryReceive({ maxLength: 9 })?.data.toString()).toBe("abcdef");
  close(a, b);
});

test("waiting receives are served first come, first served, one datagram each", async () => {
  const [a, b] = await unconnected();
  const order: string[] = [];
  const waiting = [0, 1, 2].map((n) => b.receive().then(({ data }) => order.push(`${n}:${data}`)));
  for (const data of ["x", "y", "z"]) await a.sendTo(HERE, portOf(b), text(data));
  await Promise.all(waiting);
  expect(order).toEqual(["0:x", "1:y", "2:z"]);
  close(a, b);
});

test("a waiting receive goes on when the socket is connected, and is filtered then (§4)", async () => {
  const [socket, peer, stranger] = [await bound(), await bound(), await bound()];
  const waiting = socket.receive();
  await socket.connect(HERE, portOf(peer));
  await stranger.sendTo(HERE, portOf(socket), text("stranger"));
  await peer.sendTo(HERE, portOf(socket), text("peer"));
  expect((await waiting).data).toEqual(text("peer"));
  close(socket, peer, stranger);
});

test("an aborted receive takes nothing: the datagram is the next one's (§4)", async () => {
  const [a, b] = await unconnected();
  const abort = new AbortController();
  const [broken, whole] = [b.receive({ signal: abort.signal }), b.receive()];
  abort.abort("enough");
  await expect(broken).rejects.toBe("enough");
  await a.sendTo(HERE, portOf(b), text("x"));
  expect((await whole).data).toEqual(text("x"));
  close(a, b);
});

const breakable: Record<string, (s: UdpSocket, signal: AbortSignal) => Promise<unknown>> = {
  receive: (s, signal) => s.receive({ signal }),
  receiveInto: (s, signal) => s.receiveInto(Buffer.alloc(4), { signal }),
  sendTo: (s, signal) => s.sendTo(HERE, portOf(s), text("never"), { signal }),
  "sendTo a name": (s, signal) => s.sendTo("localhost", portOf(s), text("never"), { signal }),
};

test.each(Object.entries(breakable))("%s with an aborted signal rejects and has no effect", async (_name, call) => {
  const socket = await bound();
  await socket.sendTo(HERE, portOf(socket), text("kept"));
  await arrived(socket, 1);
  await expect(call(socket, AbortSignal.abort("broken"))).rejects.toBe("broken");
  await socket.settled();
  expect([socket.tryReceive()?.data, socket.tryReceive()]).toEqual([text("kept"), undefined]);
  close(socket);
});

test("aborting while a name is resolved sends nothing, then or later", async () => {
  const [a, b] = await unconnected();
  const abort = new AbortController();
  const sending = a.sendTo("localhost", portOf(b), text("never"), { signal: abort.signal });
  abort.abort("broken");
  await expect(sending).rejects.toBe("broken");
  await a.sendTo("localhost", portOf(b), text("later"));
  expect((await b.receive()).data).toEqual(text("later"));
  close(a, b);
});

test("either the datagram moved or the break came, never both", async () => {
  const [a, b] = await unconnected();
  const abort = new AbortController();
  const sending = a.sendTo(HERE, portOf(b), text("gone"), { signal: abort.signal });
  abort.abort("too late");
  await sending;
  expect((await b.receive()).data).toEqual(text("gone"));
  close(a, b);
});

test("a signal holds no listener once the call is over", async () => {
  const [a, b] = await unconnected();
  const { signal } = new AbortController();
  let listening = 0;
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)];
  signal.addEventListener = (...args: Parameters<typeof add>) => {
    listening++;
    add(...args);
  };
  signal.removeEventListener = (...args: Parameters<typeof remove>) => {
    listening--;
    remove(...args);
  };
  const waiting = b.receive({ signal });
  expect(listening).toBe(1);
  await a.sendTo("localhost", portOf(b), text("x"), { signal });
  await waiting;
  expect(listening).toBe(0);
  close(a, b);
});

test("iteration hands out every datagram; leaving the loop leaves the rest", async () => {
  const [a, b] = await unconnected();
  for (const data of ["1", "2", "3"]) await a.sendTo(HERE, portOf(b), text(data));
  const seen: string[] = [];
  for await (const { data, host, port } of b) {
    expect([host, port]).toEqual([HERE, portOf(a)]);
    if (seen.push(data.toString()) === 2) break;
  }
  expect(seen).toEqual(["1", "2"]);
  expect((await b.receive()).data.toString()).toBe("3");
  close(a, b);
});

test("an iterator that was left takes nothing from others, though a step of it waited", async () => {
  const [a, b] = await unconnected();
  const iterator = b[Symbol.asyncIterator]();
  const step = iterator.next();
  await iterator.return?.();
  expect(await step).toEqual({ done: true, value: undefined });
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
  await a.sendTo(HERE, portOf(b), text("x"));
  expect((await b.receive()).data).toEqual(text("x"));
  close(a, b);
});

test("iterating a socket that is not bound is a network error, also when a datagram has come", async () => {
  const [socket, peer] = [new UdpSocket(), await bound()];
  const step = (): Promise<unknown> => socket[Symbol.asyncIterator]().next();
  await expect(step()).rejects.toMatchObject({ code: "ERR_UDP_NOT_BOUND" });
  await socket.connect(HERE, portOf(peer));
  await peer.sendTo(HERE, portOf(socket), text("early"));
  await arrived(socket, 1);
  await expect(step()).rejects.toMatchObject({ code: "ERR_UDP_NOT_BOUND" });
  await socket.send(text("x"));
  expect(await step()).toMatchObject({ value: { data: text("early") } });
  close(socket, peer);
});

test("a full inbox drops the newest and counts", async () => {
  const [a, b] = await unconnected();
  b.setReceiveBufferSize(4_096);
  for (let n = 0; n < 40; n++) {
    await a.sendTo(HERE, portOf(b), Buffer.alloc(1_000, n));
    await arrived(b, n + 1);
  }
  const got: number[] = [];
  for (let next = b.tryReceive(); next !== undefined; next = b.tryReceive()) got.push(next.data[0] ?? -1);
  expect(got).toEqual(got.map((_, index) => index));
  expect(got.length).toBeGreaterThan(0);
  expect(got.length * 1_768).toBeLessThanOrEqual(8_192);
  expect(b.counters).toEqual({ received: got.length, dropped: 40 - got.length, sent: 0 });
  close(a, b);
});
