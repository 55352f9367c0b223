// Runs one scenario inside the namespace of namespace.test.ts and prints what was seen as JSON.
// e0–e1 and e2–e3 are wires with both ends here: e0 10.77.1.1, e1 10.77.1.2, e2 10.77.2.1, e3 10.77.2.2.
import { execFileSync } from "node:child_process";
import { networkInterfaces } from "node:os";
import { type Datagram, sync, timeout, UdpSocket } from "../../../src/udp/index.ts";

const GROUP = "239.77.3.1";
const GROUP6 = "ff02::77";
const [E0, E1, E2, E3] = ["10.77.1.1", "10.77.1.2", "10.77.2.1", "10.77.2.2"] as const;

const text = (value: string): Buffer => Buffer.from(value);
const portOf = (socket: UdpSocket): number => socket.addresses().localPort;
const told = ({ data, host }: Datagram): string => `${data} from ${host}`;

async function member(host: string | null, ...ifaces: readonly string[]): Promise<UdpSocket> {
  const socket = new UdpSocket();
  await socket.bind(host, 0, { reuse: true });
  for (const iface of ifaces) socket.joinGroup(GROUP, iface);
  return socket;
}

async function senderBy(iface: string): Promise<UdpSocket> {
  const socket = new UdpSocket();
  await socket.bind(null, 0);
  socket.setMulticastInterface(iface);
  return socket;
}

/** What came before the mark, which the socket sends to itself. */
async function beforeMark(socket: UdpSocket, mark: () => Promise<void>): Promise<string[]> {
  await mark();
  const seen: string[] = [];
  for await (const datagram of socket) {
    if (datagram.data.toString() === "mark") break;
    seen.push(told(datagram));
  }
  return seen;
}

async function loopback(): Promise<unknown> {
  const [receiver, sender] = [await member(null, E0), await senderBy(E0)];
  const port = portOf(receiver);
  for (const on of [true, false, true]) {
    sender.setMulticastLoopback(on);
    await sender.sendTo(GROUP, port, text(`loopback ${on}`));
  }
  return beforeMark(receiver, () => sender.sendTo(E0, port, text("mark")));
}

async function interfaceChoice(): Promise<unknown> {
  const [receiver, sender] = [await member(GROUP, E1, E3), await senderBy(E0)];
  const port = portOf(receiver);
  sender.setMulticastLoopback(false);
  for (const iface of [E2, E0, E2]) {
    sender.setMulticastInterface(iface);
    sender.trySendTo(GROUP, port, text(iface));
  }
  const seen = [told(await receiver.receive()), told(await receiver.receive()), told(await receiver.receive())];
  return seen.sort();
}

async function ttl(): Promise<unknown> {
  // With no member on the interface it leaves by, Linux puts even TTL 0 on the wire: the bystander is one.
  const [bystander, far, near] = [await member(null, E0), await member(null, E1), await member(null, E2)];
  const sender = await senderBy(E0);
  sender.setMulticastLoopback(false);
  for (const hops of [0, 1]) {
    sender.setMulticastTtl(hops);
    await sender.sendTo(GROUP, portOf(far), text(`ttl ${hops}`));
  }
  const overTheWire = told(await far.receive());
  const local = await senderBy(E2);
  local.setMulticastTtl(0);
  await local.sendTo(GROUP, portOf(near), text("ttl 0, same machine"));
  return [overTheWire, told(await near.receive()), bystander.tryReceive() ?? "nothing"];
}

async function sharing(): Promise<unknown> {
  const first = await member(null, E1);
  const second = new UdpSocket();
  await second.bind(null, portOf(first), { reuse: true });
  second.joinGroup(GROUP, E1);
  const sender = await senderBy(E0);
  sender.setMulticastLoopback(false);
  await sender.sendTo(GROUP, portOf(first), text("both"));
  const seen = [told(await first.receive()), told(await second.receive())];
  await sender.sendTo(E1, portOf(first), text("one"));
  seen.push(told(await second.receive()));
  return [...seen, first.tryReceive() ?? "nothing"];
}

const codeOf = (call: () => void): string => {
  try {
    call();
    return "ok";
  } catch (error) {
    return (error as { code: string }).code;
  }
};

async function limit(): Promise<unknown> {
  const codes: string[] = [];
  const bound = new UdpSocket();
  await bound.bind(null, 0);
  for (const socket of [new UdpSocket(), bound]) {
    const joins = Array.from({ length: 21 }, (_, n) => codeOf(() => socket.joinGroup(`239.77.4.${n}`, E0)));
    codes.push(`${joins.filter((code) => code === "ok").length} joined, then ${joins.at(-1)}`);
    if (!socket.bound) await socket.bind(null, 0);
    codes.push(codeOf(() => socket.joinGroup("239.77.4.0", E0)));
  }
  return codes;
}

async function leaving(): Promise<unknown> {
  const socket = new UdpSocket();
  const seen = [
    codeOf(() => socket.joinGroup(GROUP, null)),
    codeOf(() => socket.joinGroup(GROUP, E0)), // the system chose e0
    codeOf(() => socket.joinGroup(GROUP, "0.0.0.0")),
    codeOf(() => socket.joinGroup(GROUP, E2)),
    codeOf(() => socket.leaveGroup(GROUP, E0)),
    codeOf(() => socket.leaveGroup(GROUP, null)),
  ];
  await socket.bind(null, 0);
  return [
    ...seen,
    codeOf(() => socket.leaveGroup(GROUP, E0)),
    codeOf(() => socket.leaveGroup(GROUP, null)),
    codeOf(() => socket.leaveGroup(GROUP, E2)),
  ];
}

function linkLocal(name: string): string {
  const entry = networkInterfaces()[name]?.find(({ address }) => address.startsWith("fe80:"));
  if (entry === undefined) throw new Error(`${name} has no link-local address`);
  return entry.address;
}

async function ipv6(): Promise<unknown> {
  const family = "ipv6";
  const open = (): UdpSocket => new UdpSocket({ family });
  const group = open();
  await group.bind(`${GROUP6}%e1`, 0);
  const port = portOf(group);
  group.joinGroup(GROUP6, "e1");
  const elsewhere = open();
  await elsewhere.bind(`${GROUP6}%e3`, port);
  elsewhere.joinGroup(GROUP6, "::%e3");
  const sender = open();
  await sender.bind(`${linkLocal("e0")}%e0`, 0);
  const index = networkInterfaces()["e0"]?.find(({ family }) => family === "IPv6");
  const seen: string[] = [];
  const heard = async (socket: UdpSocket): Promise<void> => {
    seen.push(
      told(await socket.receive())
        .replace(linkLocal("e0"), "e0's")
        .replace(linkLocal("e2"), "e2's"),
    );
  };
  sender.trySendTo(`${GROUP6}%e0`, port, text("zone in the destination"));
  await heard(group);
  if (index?.family === "IPv6") sender.trySendTo(`${GROUP6}%${index.scopeid}`, port, text("zone by index"));
  await heard(group);
  sender.setMulticastInterface("e0");
  sender.trySendTo(GROUP6, port, text("multicast interface"));
  await heard(group);
  const other = open();
  await other.bind(null, 0);
  other.setMulticastInterface("::%e2");
  await other.sendTo(GROUP6, port, text("the other wire"));
  await heard(elsewhere);
  const unicast = open();
  await unicast.bind(`${linkLocal("e1")}%e1`, 0);
  await unicast.connect(`${linkLocal("e0")}%e1`, portOf(sender));
  await sender.sendTo(`${linkLocal("e1")}%e0`, portOf(unicast), text("unicast"));
  await heard(unicast);
  return [...seen, sender.addresses().localHost.replace(linkLocal("e0"), "e0's"), group.tryReceive() ?? "no more"];
}

/** Sends to a neighbour whose link address is unknown, so that the system has to keep what it is given. */
function fill(socket: UdpSocket, host: string, data: Buffer = Buffer.alloc(1_400), port = 9): number {
  for (let sent = 0; sent < 10_000; sent++) if (!socket.trySendTo(host, port, data)) return sent;
  throw new Error("the queue is never full");
}

function drain(host: string, lladdr = "02:00:00:00:00:99"): void {
  execFileSync("ip", ["neigh", "replace", host, "lladdr", lladdr, "nud", "permanent", "dev", "e0"]);
}

const settledAs = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => "done",
    (reason: { code?: string }) => reason?.code ?? reason,
  );

async function fullQueue(): Promise<unknown> {
  const [socket, receiver] = [new UdpSocket(), await member(null)];
  await socket.bind(E0, 0);
  fill(socket, "10.77.1.91");
  const to = [E1, portOf(receiver)] as const;
  const ready = socket.sendReadyEvt();
  const abort = new AbortController();
  const waiting = [
    socket.sendTo(...to, text("first")),
    socket.sendTo(...to, text("broken"), { signal: abort.signal }),
    sync(socket.sendToEvt(...to, text("event"))),
    sync(ready),
    socket.sendTo("localhost", portOf(receiver), text("last")),
  ].map(settledAs);
  const before = [
    socket.trySendTo(...to, text("never")),
    await sync([ready.map(() => "ready"), timeout(20).map(() => "not ready")]),
    await sync(socket.sendToEvt(...to, text("never")), { timeoutMs: 0 }),
  ];
  abort.abort("broken in");
  drain("10.77.1.91");
  const after = await Promise.all(waiting);
  const got: string[] = [];
  while (got.length < 3) got.push((await receiver.receive()).data.toString());
  await receiver.settled();
  return { before, after, got, more: receiver.tryReceive() ?? "no more", try: socket.trySendTo(...to, text("again")) };
}

async function fullQueueClosed(): Promise<unknown> {
  const socket = new UdpSocket();
  await socket.bind(E0, 0);
  fill(socket, "10.77.1.92");
  const waiting = [
    socket.sendTo(E1, 9, text("x")),
    sync(socket.sendToEvt(E1, 9, text("x"))),
    sync(socket.sendReadyEvt()),
  ].map(settledAs);
  socket.close();
  return Promise.all(waiting);
}

async function fullQueueConnected(): Promise<unknown> {
  const socket = new UdpSocket();
  await socket.bind(E0, 0);
  fill(socket, "10.77.1.93");
  const waiting = settledAs(socket.sendTo(E1, 9, text("x")));
  await socket.connect(E1, 9);
  drain("10.77.1.93");
  return waiting;
}

/** What was sent before connecting again is the old peer's, also if it is still in the queue. */
async function fullQueueReconnect(): Promise<unknown> {
  const [socket, receiver] = [new UdpSocket(), await member(null)];
  await socket.bind(null, 0);
  const codes: unknown[] = [];
  for (const [host, move] of [
    ["10.77.1.95", () => socket.connect(E0, portOf(receiver))],
    ["10.77.1.96", () => socket.disconnect()],
  ] as const) {
    await socket.connect(host, 9);
    for (let sent = 0; socket.trySend(Buffer.alloc(1_400)); sent++) if (sent > 10_000) throw new Error("never full");
    const moved = settledAs(move());
    codes.push(socket.addresses().remoteHost === host);
    drain(host);
    codes.push(await moved);
  }
  await receiver.settled();
  await socket.connect("10.77.1.97", 9);
  while (socket.trySend(Buffer.alloc(1_400)));
  const closed = [socket.connect(E0, 9), socket.disconnect()].map(settledAs);
  socket.close();
  return [...codes, receiver.tryReceive() ?? "nothing", ...(await Promise.all(closed))];
}

/** Later changes of the caller's bytes do not reach a datagram that waits. */
async function fullQueueCopies(): Promise<unknown> {
  const [socket, receiver] = [new UdpSocket(), new UdpSocket()];
  await receiver.bind(null, 0);
  receiver.setReceiveBufferSize(200_000);
  await socket.bind(null, 0);
  const data = Buffer.alloc(1_400, 1);
  const sent = fill(socket, "10.77.1.94", data, portOf(receiver));
  data.fill(2);
  await socket.settled();
  execFileSync("ip", ["addr", "add", "10.77.1.94/32", "dev", "e1"]);
  drain("10.77.1.94", networkInterfaces()["e1"]?.[0]?.mac);
  const bytes = new Set<number>();
  for (let left = sent; left > 0; left--) for (const byte of (await receiver.receive()).data) bytes.add(byte);
  await sync(socket.sendReadyEvt());
  return { bytes: [...bytes], counted: socket.counters.sent === sent };
}

async function noRoute(): Promise<unknown> {
  const socket = new UdpSocket();
  const sent = await settledAs(socket.sendTo("198.51.100.1", 9, text("x")));
  const tried = socket.trySendTo("198.51.100.1", 9, text("x"));
  await socket.settled();
  return [sent, tried, codeOf(() => socket.tryReceive()), codeOf(() => socket.tryReceive()), socket.bound];
}

const scenarios: Readonly<Record<string, () => Promise<unknown>>> = {
  loopback,
  interfaceChoice,
  ttl,
  sharing,
  limit,
  leaving,
  ipv6,
  fullQueue,
  fullQueueClosed,
  fullQueueConnected,
  fullQueueReconnect,
  fullQueueCopies,
  noRoute,
};

const result = await scenarios[process.argv[2] ?? ""]?.();
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit());
