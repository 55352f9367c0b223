import { expect, test } from "vitest";
import { always, choice, makeEvt, sync, timeout, UdpContractError, UdpSocket, wrap } from "../../src/udp/index.ts";
import { text } from "./loopback.ts";

const DATA = text("data");
const wrong = (value: unknown): never => value as never;

type Call = (socket: UdpSocket) => unknown;

const ports: Record<string, (port: never) => Call> = {
  connect: (port) => (s) => s.connect("127.0.0.1", port),
  sendTo: (port) => (s) => s.sendTo("127.0.0.1", port, DATA),
  trySendTo: (port) => (s) => s.trySendTo("127.0.0.1", port, DATA),
  sendToEvt: (port) => (s) => s.sendToEvt("127.0.0.1", port, DATA),
};
const badPorts = [0, -1, 65_536, 1.5, Number.NaN, "53", undefined];

const ranges: Record<string, (range: never) => Call> = {
  sendTo: (range) => (s) => s.sendTo("127.0.0.1", 9, DATA, range),
  trySendTo: (range) => (s) => s.trySendTo("127.0.0.1", 9, DATA, range),
  send: (range) => (s) => s.send(DATA, range),
  trySend: (range) => (s) => s.trySend(DATA, range),
  sendToEvt: (range) => (s) => s.sendToEvt("127.0.0.1", 9, DATA, range),
  sendEvt: (range) => (s) => s.sendEvt(DATA, range),
  receiveInto: (range) => (s) => s.receiveInto(DATA, range),
  tryReceiveInto: (range) => (s) => s.tryReceiveInto(DATA, range),
  receiveIntoEvt: (range) => (s) => s.receiveIntoEvt(DATA, range),
};
const badRanges = [
  { start: -1 },
  { start: 5 },
  { end: 5 },
  { start: 3, end: 2 },
  { start: null },
  { end: null },
  { start: 0.5 },
  { start: "0" },
  "whole",
  null,
];

const bytes: Record<string, (data: never) => Call> = {
  sendTo: (data) => (s) => s.sendTo("127.0.0.1", 9, data),
  trySendTo: (data) => (s) => s.trySendTo("127.0.0.1", 9, data),
  send: (data) => (s) => s.send(data),
  trySend: (data) => (s) => s.trySend(data),
  sendToEvt: (data) => (s) => s.sendToEvt("127.0.0.1", 9, data),
  sendEvt: (data) => (s) => s.sendEvt(data),
  receiveInto: (data) => (s) => s.receiveInto(data),
  tryReceiveInto: (data) => (s) => s.tryReceiveInto(data),
  receiveIntoEvt: (data) => (s) => s.receiveIntoEvt(data),
};
const badBytes = ["text", undefined, null, [1], new ArrayBuffer(4), new DataView(new ArrayBuffer(4))];

const hosts: Record<string, (host: never) => Call> = {
  bind: (host) => (s) => s.bind(host, 0),
  connect: (host) => (s) => s.connect(host, wrong(9)),
  sendTo: (host) => (s) => s.sendTo(host, 9, DATA),
  trySendTo: (host) => (s) => s.trySendTo(host, 9, DATA),
  sendToEvt: (host) => (s) => s.sendToEvt(host, 9, DATA),
  joinGroup: (host) => (s) => s.joinGroup(host, null),
  "joinGroup, interface": (host) => (s) => s.joinGroup("239.1.1.1", host),
  leaveGroup: (host) => (s) => s.leaveGroup(host, null),
  setMulticastInterface: (host) => (s) => s.setMulticastInterface(host),
  open: (host) => () => UdpSocket.open(host),
};
const badHosts = [7, {}, Symbol("host"), true];

const signals: Record<string, (signal: never) => Call> = {
  sendTo: (signal) => (s) => s.sendTo("127.0.0.1", 9, DATA, { signal }),
  send: (signal) => (s) => s.send(DATA, { signal }),
  receive: (signal) => (s) => s.receive({ signal }),
  receiveInto: (signal) => (s) => s.receiveInto(DATA, { signal }),
  sync: (signal) => (s) => sync(s.receiveEvt(), { signal }),
};
const badSignals = [null, {}, "stop"];

const others: Record<string, Call> = {
  "new: family": () => new UdpSocket({ family: wrong("ipv5") }),
  "new: ipv6Only": () => new UdpSocket({ ipv6Only: wrong(1) }),
  "new: options": () => new UdpSocket(wrong("ipv4")),
  "open: port 0": () => UdpSocket.open("127.0.0.1", 0),
  "open: port": () => UdpSocket.open(null, 70_000),
  "bind: port": (s) => s.bind(null, -1),
  "bind: port above the range": (s) => s.bind(null, 65_536),
  "bind: port missing": (s) => s.bind(null, wrong(undefined)),
  "bind: options": (s) => s.bind(null, 0, wrong(true)),
  "bind: reuse": (s) => s.bind(null, 0, { reuse: wrong(1) }),
  "connect: host only": (s) => s.connect("127.0.0.1", wrong(null)),
  "connect: port only": (s) => s.connect(wrong(null), wrong(5)),
  "setReceiveBufferSize: 0": (s) => s.setReceiveBufferSize(0),
  "setReceiveBufferSize: fraction": (s) => s.setReceiveBufferSize(4096.5),
  "setReceiveBufferSize: no integer": (s) => s.setReceiveBufferSize(Number.POSITIVE_INFINITY),
  "setTtl: 256": (s) => s.setTtl(256),
  "setTtl: -1": (s) => s.setTtl(-1),
  "setTtl: 1.5": (s) => s.setTtl(1.5),
  "setMulticastTtl: 256": (s) => s.setMulticastTtl(256),
  "setMulticastTtl: text": (s) => s.setMulticastTtl(wrong("1")),
  "setMulticastLoopback: 0 is not false": (s) => s.setMulticastLoopback(wrong(0)),
  "setMulticastInterface: a name": (s) => s.setMulticastInterface("localhost"),
  "joinGroup: a name": (s) => s.joinGroup("all.example", null),
  "trySendTo: a name": (s) => s.trySendTo("localhost", 9, DATA),
  "trySendTo: the empty string": (s) => s.trySendTo("", 9, DATA),
  "receive: maxLength": (s) => s.receive({ maxLength: -1 }),
  "tryReceive: maxLength": (s) => s.tryReceive({ maxLength: 0.5 }),
  "tryReceive: options": (s) => s.tryReceive(wrong(4)),
  "sync: not an event": () => sync(wrong({})),
  "sync: not all events": (s) => sync([s.receiveEvt(), wrong(null)]),
  "sync: timeoutMs": (s) => sync(s.receiveEvt(), { timeoutMs: -1 }),
  "sync: timeoutMs null": (s) => sync(s.receiveEvt(), { timeoutMs: wrong(null) }),
  "choice: not an event": () => choice(wrong(3)),
  "wrap: not an event": () => wrap(wrong(3), () => 1),
  "wrap: not a function": () => wrap(always(1), wrong(undefined)),
  "map: not a function": () => always(1).map(wrong("double")),
  "makeEvt: poll": () => makeEvt(wrong(undefined), () => () => {}),
  "makeEvt: watch": () => makeEvt(() => undefined, wrong(null)),
  timeout: () => timeout(Number.NaN),
};

function table(calls: Record<string, (value: never) => Call>, values: readonly unknown[]): [string, unknown, Call][] {
  return Object.entries(calls).flatMap(([name, call]) =>
    values.map((value): [string, unknown, Call] => [name, value, call(wrong(value))]),
  );
}

const cases = [
  ...table(ports, badPorts),
  ...table(ranges, badRanges),
  ...table(bytes, badBytes),
  ...table(hosts, badHosts),
  ...table(signals, badSignals),
  ...Object.entries(others).map(([name, call]): [string, unknown, Call] => [name, "", call]),
];

async function outcome(socket: UdpSocket, call: Call): Promise<unknown> {
  try {
    return await call(socket);
  } catch (error) {
    return error;
  }
}

test.each(cases)(
  "%s %o is a contract error, also on a closed socket, and changes nothing (§1)",
  async (_n, _v, call) => {
    const socket = new UdpSocket();
    expect(await outcome(socket, call)).toBeInstanceOf(UdpContractError);
    expect([socket.bound, socket.connected, portless(socket)]).toEqual([false, false, true]);
    socket.close();
    expect(await outcome(socket, call)).toBeInstanceOf(UdpContractError);
  },
);

function portless(socket: UdpSocket): boolean {
  return socket.addresses().localPort === 0;
}

test("a contract error names the operation, the argument and the value", async () => {
  const socket = new UdpSocket();
  expect(() => socket.trySendTo("127.0.0.1", 70_000, DATA)).toThrow(
    "trySendTo: port must be an integer from 1 to 65535, got 70000",
  );
  expect(() => socket.setMulticastLoopback(wrong("on"))).toThrow(
    "setMulticastLoopback: on must be a boolean, got 'on'",
  );
  expect(() => socket.joinGroup("all.example", null)).toThrow(
    'joinGroup: group must be a numeric IPv4 address, got "all.example"',
  );
  expect(() => socket.joinGroup("239.1.1.1", "eth0")).toThrow(
    'joinGroup: iface must be a numeric IPv4 address, got "eth0"',
  );
  expect(() => socket.leaveGroup("239.1.1.1", wrong(7))).toThrow("leaveGroup: iface must be a string or null, got 7");
  expect(() => socket.setMulticastInterface("eth0")).toThrow(
    'setMulticastInterface: host must be a numeric IPv4 address, got "eth0"',
  );
  await expect(socket.sendTo(wrong(null), 9, DATA)).rejects.toThrow("sendTo: host must be a string, got null");
  socket.close();
});
