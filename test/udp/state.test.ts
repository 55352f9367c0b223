import { expect, test } from "vitest";
import { type UdpErrnoError, UdpNetworkError, UdpSocket } from "../../src/udp/index.ts";
import { arrived, bound, deadPort, HERE, NO_IPV6, portOf, text } from "./loopback.ts";

const DATA = text("x");

interface Row {
  readonly after: string;
  readonly act: (socket: UdpSocket) => unknown;
  readonly bound: boolean;
  readonly connected: boolean;
  readonly port: boolean;
}

const failing = async (call: unknown): Promise<void> => {
  await expect(call).rejects.toBeInstanceOf(UdpNetworkError);
};

const rows: readonly Row[] = [
  { after: "open", act: () => {}, bound: false, connected: false, port: false },
  { after: "bind", act: (s) => s.bind(HERE, 0), bound: true, connected: false, port: true },
  { after: "sendTo", act: (s) => s.sendTo(HERE, 9, DATA), bound: true, connected: false, port: true },
  { after: "trySendTo", act: (s) => s.trySendTo(HERE, 9, DATA), bound: true, connected: false, port: true },
  {
    after: "a send that fails in the system call (EMSGSIZE)",
    act: (s) => failing(s.sendTo(HERE, 9, Buffer.alloc(65_508))),
    bound: true,
    connected: false,
    port: true,
  },
  {
    after: "a send to the other family (EAFNOSUPPORT)",
    act: (s) => failing(s.sendTo("::1", 9, DATA)),
    bound: true,
    connected: false,
    port: true,
  },
  {
    after: "a send refused for its state",
    act: (s) => failing(s.send(DATA)),
    bound: false,
    connected: false,
    port: false,
  },
  {
    after: "a send refused for its range",
    act: (s) => expect(s.sendTo(HERE, 9, DATA, { end: 2 })).rejects.toBeInstanceOf(RangeError),
    bound: false,
    connected: false,
    port: false,
  },
  {
    after: "a send whose name does not resolve",
    act: (s) => failing(s.sendTo("", 9, DATA)),
    bound: false,
    connected: false,
    port: false,
  },
  { after: "connect", act: (s) => s.connect(HERE, 9), bound: false, connected: true, port: true },
  {
    after: "a failing connect",
    act: (s) => failing(s.connect("::1", 9)),
    bound: false,
    connected: false,
    port: false,
  },
  {
    after: "connect and disconnect",
    act: async (s) => {
      await s.connect(HERE, 9);
      await s.disconnect();
    },
    bound: false,
    connected: false,
    port: false,
  },
  {
    after: "connect and send",
    act: async (s) => {
      await s.connect(HERE, 9);
      await s.send(DATA);
    },
    bound: true,
    connected: true,
    port: true,
  },
  {
    after: "making a send event",
    act: (s) => s.sendToEvt(HERE, 9, DATA),
    bound: false,
    connected: false,
    port: false,
  },
  {
    after: "join, leave and option calls",
    act: (s) => {
      s.joinGroup("239.1.1.1", HERE);
      s.leaveGroup("239.1.1.1", HERE);
      s.setTtl(7);
      s.setMulticastTtl(7);
      s.setMulticastLoopback(false);
      s.setMulticastInterface(HERE);
      s.setReceiveBufferSize(8192);
    },
    bound: false,
    connected: false,
    port: false,
  },
  { after: "a failing bind", act: (s) => failing(s.bind("192.0.2.1", 0)), bound: false, connected: false, port: false },
];

test.each(rows)("after $after: bound $bound, connected $connected, port $port (§2)", async (row) => {
  const socket = new UdpSocket();
  await row.act(socket);
  expect([socket.bound, socket.connected, portOf(socket) !== 0]).toEqual([row.bound, row.connected, row.port]);
  socket.close();
  expect([socket.bound, socket.connected]).toEqual([row.bound, row.connected]);
});

test("a failing connect keeps the old peer (§2)", async () => {
  const [socket, peer] = [await bound(), await bound()];
  await socket.connect(HERE, portOf(peer));
  await failing(socket.connect("::1", 9));
  await failing(socket.connect("255.255.255.256", 9));
  expect(socket.addresses()).toMatchObject({ remoteHost: HERE, remotePort: portOf(peer) });
  await socket.send(DATA);
  expect((await peer.receive()).data).toEqual(DATA);
  socket.close();
  peer.close();
});

test("connecting again replaces the peer and keeps the local port", async () => {
  const [socket, first, second] = [await bound(), await bound(), await bound()];
  const port = portOf(socket);
  await socket.connect(HERE, portOf(first));
  await socket.connect(HERE, portOf(second));
  expect(socket.addresses()).toEqual({
    localHost: HERE,
    localPort: port,
    remoteHost: HERE,
    remotePort: portOf(second),
  });
  await first.sendTo(HERE, port, text("stranger"));
  await second.sendTo(HERE, port, text("peer"));
  expect((await socket.receive()).data).toEqual(text("peer"));
  for (const s of [socket, first, second]) s.close();
});

test.each(["bind", "send"] as const)(
  "disconnecting keeps a port got by %s, and the socket hears again",
  async (how) => {
    const [socket, other] = [new UdpSocket(), await bound()];
    if (how === "bind") await socket.bind(null, 0);
    else await socket.sendTo(HERE, portOf(other), DATA);
    const port = portOf(socket);
    await socket.connect(HERE, await deadPort());
    await socket.disconnect();
    await socket.disconnect();
    expect([socket.bound, socket.connected, portOf(socket)]).toEqual([true, false, port]);
    await other.sendTo(HERE, port, text("back"));
    expect((await socket.receive()).data).toEqual(text("back"));
    for (const s of [socket, other]) s.close();
  },
);

test("connect(null, null) disconnects", async () => {
  const socket = new UdpSocket();
  await socket.connect(HERE, 9);
  await socket.connect(null, null);
  expect(socket.connected).toBe(false);
  socket.close();
});

test("connect alone is not bound: receive fails, bind is EINVAL, a send makes receiving work (§2)", async () => {
  const [socket, peer] = [new UdpSocket(), await bound()];
  await socket.connect(HERE, portOf(peer));
  await expect(socket.receive()).rejects.toMatchObject({ code: "ERR_UDP_NOT_BOUND" });
  await expect(socket.bind(null, 0)).rejects.toMatchObject({ code: "EINVAL", syscall: "bind" });
  await peer.sendTo(HERE, portOf(socket), text("early"));
  await socket.send(DATA);
  expect((await socket.receive()).data).toEqual(text("early"));
  await socket.disconnect();
  expect(socket.bound).toBe(true);
  for (const s of [socket, peer]) s.close();
});

test("connect, disconnect, bind works", async () => {
  const socket = new UdpSocket();
  await socket.connect(HERE, 9);
  await socket.disconnect();
  await socket.bind(HERE, 0);
  expect(socket.bound).toBe(true);
  socket.close();
});

test("a port got by connecting is free after disconnecting", async () => {
  const [socket, next] = [new UdpSocket(), new UdpSocket()];
  socket.setTtl(9);
  socket.joinGroup("239.77.1.9", HERE);
  await socket.connect(HERE, 9);
  const port = portOf(socket);
  await socket.disconnect();
  await next.bind(HERE, port);
  await socket.bind(HERE, 0);
  expect(socket.ttl).toBe(9);
  expect(() => socket.joinGroup("239.77.1.9", HERE)).toThrow(expect.objectContaining({ code: "EADDRINUSE" }));
  for (const s of [socket, next]) s.close();
});

test("a connected socket hears only its peer, but keeps what was queued before", async () => {
  const [socket, peer, stranger] = [await bound(), await bound(), await bound()];
  await stranger.sendTo(HERE, portOf(socket), text("queued"));
  await arrived(socket, 1);
  await socket.connect(HERE, portOf(peer));
  await stranger.sendTo(HERE, portOf(socket), text("filtered"));
  await peer.sendTo(HERE, portOf(socket), text("heard"));
  expect([(await socket.receive()).data, (await socket.receive()).data]).toEqual([text("queued"), text("heard")]);
  for (const s of [socket, peer, stranger]) s.close();
});

test("addresses: wildcard and 0 where there is none, concrete while connected", async () => {
  const [ipv4, ipv6] = [new UdpSocket(), new UdpSocket({ family: "ipv6" })];
  const none = { remoteHost: "0.0.0.0", remotePort: 0 };
  expect(ipv4.addresses()).toEqual({ localHost: "0.0.0.0", localPort: 0, ...none });
  expect(ipv6.addresses()).toEqual({ localHost: "::", localPort: 0, ...none });
  await ipv4.bind(null, 0);
  const localPort = portOf(ipv4);
  await ipv4.connect(HERE, 9);
  expect(ipv4.addresses()).toEqual({ localHost: HERE, localPort, remoteHost: HERE, remotePort: 9 });
  await ipv4.disconnect();
  expect(ipv4.addresses()).toEqual({ localHost: "0.0.0.0", localPort, ...none });
  for (const s of [ipv4, ipv6]) s.close();
});

test.each<[string, string, (s: UdpSocket) => unknown]>([
  ["bound already", "ERR_UDP_ALREADY_BOUND", (s) => s.bind(HERE, 0)],
  ["unconnected", "ERR_UDP_NOT_CONNECTED", (s) => s.send(DATA)],
  ["unconnected, try", "ERR_UDP_NOT_CONNECTED", (s) => s.trySend(DATA)],
  ["a foreign address", "ERR_UDP_ALREADY_BOUND", (s) => s.bind("192.0.2.1", 0)],
])("on a bound socket that is %s: %s", async (_what, code, call) => {
  const socket = await bound();
  await expect(Promise.resolve(socket).then(call)).rejects.toMatchObject({ code, name: "UdpNetworkError" });
  socket.close();
});

test.each<[string, (s: UdpSocket) => unknown]>([
  ["sendTo", (s) => s.sendTo(HERE, 9, DATA)],
  ["trySendTo", (s) => s.trySendTo(HERE, 9, DATA)],
])("%s on a connected socket is a network error", async (_name, call) => {
  const socket = await bound();
  await socket.connect(HERE, 9);
  await expect(Promise.resolve(socket).then(call)).rejects.toMatchObject({ code: "ERR_UDP_CONNECTED" });
  socket.close();
});

test.each<[string, string, (s: UdpSocket) => unknown]>([
  ["a busy port", "EADDRINUSE", async (s) => s.bind(HERE, portOf(await bound()))],
  ["a busy port, any address", "EADDRINUSE", async (s) => s.bind(null, portOf(await bound()))],
  ["a foreign address", "EADDRNOTAVAIL", (s) => s.bind("192.0.2.1", 0)],
  ["the other family", "EAFNOSUPPORT", (s) => s.bind("::1", 0)],
  ["no name", "ENOTFOUND", (s) => s.bind("", 0)],
])("binding to %s is %s, and the socket can be bound afterwards", async (_what, code, call) => {
  const socket = new UdpSocket();
  const error = (await Promise.resolve(call(socket)).catch((e: unknown) => e)) as UdpErrnoError;
  expect(error).toMatchObject({ code, name: "UdpErrnoError" });
  expect(error.syscall).toBe(code === "ENOTFOUND" ? "getaddrinfo" : "bind");
  expect(socket.bound).toBe(false);
  await socket.bind(HERE, 0);
  socket.close();
});

test.skipIf(NO_IPV6 !== undefined)(
  "an IPv4 address on an IPv6 socket: bind EINVAL, connect and send mapped",
  async () => {
    const [socket, peer] = [new UdpSocket({ family: "ipv6" }), await bound()];
    await expect(socket.bind(HERE, 0)).rejects.toMatchObject({ code: "EINVAL" });
    await socket.sendTo(HERE, portOf(peer), text("mapped"));
    expect((await peer.receive()).data).toEqual(text("mapped"));
    await socket.connect(HERE, portOf(peer));
    expect(socket.addresses().remoteHost).toBe(`::ffff:${HERE}`);
    for (const s of [socket, peer]) s.close();
  },
);

test("sharing a port takes reuse on both sides; a unicast datagram goes to the last bound", async () => {
  const [first, second, third] = [new UdpSocket(), new UdpSocket(), new UdpSocket()];
  await first.bind(HERE, 0, { reuse: true });
  const port = portOf(first);
  await expect(third.bind(HERE, port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  await second.bind(HERE, port, { reuse: true });
  await third.sendTo(HERE, port, DATA);
  expect((await second.receive()).data).toEqual(DATA);
  expect(first.tryReceive()).toBeUndefined();
  for (const s of [first, second, third]) s.close();
});

test("names are resolved by bind, connect and sendTo, and numbers as the resolver reads them", async () => {
  const [a, b] = [new UdpSocket(), new UdpSocket()];
  await a.bind("localhost", 0);
  expect(a.addresses().localHost).toBe(HERE);
  await b.sendTo("localhost", portOf(a), text("name"));
  await b.sendTo("127.1", portOf(a), text("short"));
  await b.connect("0x7f000001", portOf(a));
  await b.send(text("hex"));
  const got = [await a.receive(), await a.receive(), await a.receive()];
  expect(got.map(({ data }) => data.toString())).toEqual(["name", "short", "hex"]);
  for (const s of [a, b]) s.close();
});

test("open takes the family of the host's first address, IPv4 without a host", async () => {
  const families = await Promise.all(
    [[], ["::1"], [HERE], [null, 53], ["::1", 53]].map(async (args) => {
      const socket = await UdpSocket.open(...(args as [string?, number?]));
      const state = [socket.family, socket.bound, socket.connected];
      socket.close();
      return state;
    }),
  );
  expect(families).toEqual(["ipv4", "ipv6", "ipv4", "ipv4", "ipv6"].map((family) => [family, false, false]));
  await expect(UdpSocket.open("")).rejects.toMatchObject({
    code: "ENOTFOUND",
    message: 'open: getaddrinfo "" failed with ENOTFOUND',
  });
});

test("isUdpSocket answers for any value", () => {
  const socket = new UdpSocket();
  expect([socket, Object.create(UdpSocket.prototype), {}, null, undefined, 1].map(UdpSocket.isUdpSocket)).toEqual([
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
  socket.close();
  expect(UdpSocket.isUdpSocket(socket)).toBe(true);
});
