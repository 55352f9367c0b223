import { expect, test } from "vitest";
import { UdpSocket } from "../../src/udp/index.ts";
import { HERE, portOf, text } from "./loopback.ts";

const GROUP = "239.77.1.3";
const OTHER = "239.77.1.4";

/** A bound sender by `lo`. */
async function byLoopback(): Promise<UdpSocket> {
  const socket = new UdpSocket();
  await socket.bind(HERE, 0);
  socket.setMulticastInterface(HERE);
  return socket;
}

test("a membership made before bind survives it, also one of several", async () => {
  const [socket, sender] = [new UdpSocket(), await byLoopback()];
  socket.joinGroup(GROUP, HERE);
  socket.joinGroup(OTHER, HERE);
  socket.leaveGroup(OTHER, HERE);
  expect(socket.bound).toBe(false);
  await socket.bind(null, 0);
  await sender.sendTo(GROUP, portOf(socket), text("x"));
  expect((await socket.receive()).data).toEqual(text("x"));
  expect(() => socket.joinGroup(GROUP, HERE)).toThrow(expect.objectContaining({ code: "EADDRINUSE" }));
  expect(() => socket.leaveGroup(OTHER, HERE)).toThrow(expect.objectContaining({ code: "EADDRNOTAVAIL" }));
  for (const s of [socket, sender]) s.close();
});

test.each<[string, string, (s: UdpSocket) => void]>([
  ["no group address", "EINVAL", (s) => s.joinGroup("10.0.0.1", HERE)],
  ["an unknown interface address", "ENODEV", (s) => s.joinGroup(GROUP, "192.0.2.1")],
  ["leaving without having joined", "EADDRNOTAVAIL", (s) => s.leaveGroup(GROUP, HERE)],
  ["an IPv6 group on an IPv4 socket", "EAI_ADDRFAMILY", (s) => s.joinGroup("ff02::fb", HERE)],
  ["an IPv6 interface on an IPv4 socket", "EAI_ADDRFAMILY", (s) => s.joinGroup(GROUP, "::1")],
])("%s is %s, before and after bind", async (_what, code, call) => {
  const socket = new UdpSocket();
  expect(() => call(socket)).toThrow(expect.objectContaining({ code, name: "UdpErrnoError" }));
  await socket.bind(HERE, 0);
  expect(() => call(socket)).toThrow(expect.objectContaining({ code }));
  socket.close();
});

test.each([false, true])("the same membership twice is EADDRINUSE (bound: %s)", async (bindFirst) => {
  const socket = new UdpSocket();
  if (bindFirst) await socket.bind(null, 0);
  socket.joinGroup(GROUP, HERE);
  expect(() => socket.joinGroup(GROUP, HERE)).toThrow(expect.objectContaining({ code: "EADDRINUSE" }));
  socket.leaveGroup(GROUP, HERE);
  socket.joinGroup(GROUP, HERE);
  socket.close();
});

test("a socket bound to the group's address hears that group only", async () => {
  const [socket, sender] = [new UdpSocket(), await byLoopback()];
  await socket.bind(GROUP, 0);
  socket.joinGroup(GROUP, HERE);
  socket.joinGroup(OTHER, HERE);
  await sender.sendTo(OTHER, portOf(socket), text("other"));
  await sender.sendTo(HERE, portOf(socket), text("unicast"));
  await sender.sendTo(GROUP, portOf(socket), text("group"));
  expect((await socket.receive()).data).toEqual(text("group"));
  for (const s of [socket, sender]) s.close();
});

test("a socket bound to a unicast address hears no group", async () => {
  const [socket, sender] = [new UdpSocket(), await byLoopback()];
  await socket.bind(HERE, 0);
  socket.joinGroup(GROUP, HERE);
  await sender.sendTo(GROUP, portOf(socket), text("group"));
  await sender.sendTo(HERE, portOf(socket), text("unicast"));
  expect((await socket.receive()).data).toEqual(text("unicast"));
  for (const s of [socket, sender]) s.close();
});

test("leaving takes the group away", async () => {
  const [socket, sender] = [new UdpSocket(), await byLoopback()];
  await socket.bind(GROUP, 0);
  socket.joinGroup(GROUP, HERE);
  await sender.sendTo(GROUP, portOf(socket), text("member"));
  expect((await socket.receive()).data).toEqual(text("member"));
  socket.leaveGroup(GROUP, HERE);
  expect(() => socket.leaveGroup(GROUP, HERE)).toThrow(expect.objectContaining({ code: "EADDRNOTAVAIL" }));
  for (const s of [socket, sender]) s.close();
});

test("sharing sockets all hear a group datagram", async () => {
  const [a, b, sender] = [new UdpSocket(), new UdpSocket(), await byLoopback()];
  await a.bind(null, 0, { reuse: true });
  await b.bind(null, portOf(a), { reuse: true });
  for (const s of [a, b]) s.joinGroup(GROUP, HERE);
  await sender.sendTo(GROUP, portOf(a), text("all"));
  expect([(await a.receive()).data, (await b.receive()).data]).toEqual([text("all"), text("all")]);
  for (const s of [a, b, sender]) s.close();
});
