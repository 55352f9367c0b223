import { expect, test } from "vitest";
import { UdpSocket } from "../../src/udp/index.ts";
import { arrived, bound, HERE, portOf, text } from "./loopback.ts";

const GROUP = "239.77.1.2";

const pairs = [
  { name: "ttl", initial: 64, value: 17, set: (s: UdpSocket) => s.setTtl(17), get: (s: UdpSocket) => s.ttl },
  {
    name: "multicastTtl",
    initial: 1,
    value: 0,
    set: (s: UdpSocket) => s.setMulticastTtl(0),
    get: (s: UdpSocket) => s.multicastTtl,
  },
  {
    name: "multicastLoopback",
    initial: true,
    value: false,
    set: (s: UdpSocket) => s.setMulticastLoopback(false),
    get: (s: UdpSocket) => s.multicastLoopback,
  },
  {
    name: "multicastInterface",
    initial: "0.0.0.0",
    value: HERE,
    set: (s: UdpSocket) => s.setMulticastInterface(HERE),
    get: (s: UdpSocket) => s.multicastInterface,
  },
];

test.each(pairs)("$name is set before bind and kept through bind, connect and disconnect", async (option) => {
  const socket = new UdpSocket();
  expect(option.get(socket)).toBe(option.initial);
  option.set(socket);
  const seen = [option.get(socket)];
  await socket.bind(HERE, 0);
  seen.push(option.get(socket));
  await socket.connect(HERE, 9);
  seen.push(option.get(socket));
  await socket.disconnect();
  seen.push(option.get(socket));
  expect(seen).toEqual([option.value, option.value, option.value, option.value]);
  socket.close();
});

test.each([0, 255])("multicastTtl %d is fine, ttl 0 is EINVAL and changes nothing", (ttl) => {
  const socket = new UdpSocket();
  socket.setMulticastTtl(ttl);
  expect(socket.multicastTtl).toBe(ttl);
  expect(() => socket.setTtl(0)).toThrow(expect.objectContaining({ code: "EINVAL", name: "UdpErrnoError" }));
  expect(socket.ttl).toBe(64);
  socket.close();
});

test("an address of no interface is EADDRNOTAVAIL and changes nothing; null goes back to the system's choice", () => {
  const socket = new UdpSocket();
  socket.setMulticastInterface("127.0.0.2");
  expect(() => socket.setMulticastInterface("192.0.2.1")).toThrow(expect.objectContaining({ code: "EADDRNOTAVAIL" }));
  expect(socket.multicastInterface).toBe("127.0.0.2");
  socket.setMulticastInterface(null);
  expect(socket.multicastInterface).toBe("0.0.0.0");
  expect(() => socket.setMulticastInterface("::1")).toThrow(
    expect.objectContaining({ code: "EAI_ADDRFAMILY", syscall: "getaddrinfo" }),
  );
  socket.close();
});

test("setting what is refused before bind does not stop the bind", async () => {
  const socket = new UdpSocket();
  expect(() => socket.setTtl(0)).toThrow();
  expect(() => socket.joinGroup("10.0.0.1", HERE)).toThrow();
  await socket.bind(HERE, 0);
  socket.close();
});

test("an option set before bind acts after it: the interface the datagram leaves by", async () => {
  const [receiver, sender] = [new UdpSocket(), new UdpSocket()];
  await receiver.bind(null, 0);
  receiver.joinGroup(GROUP, HERE);
  sender.setMulticastInterface(HERE);
  await sender.bind(null, 0);
  await sender.sendTo(GROUP, portOf(receiver), text("by lo"));
  expect(await receiver.receive()).toMatchObject({ data: text("by lo"), host: HERE });
  for (const s of [receiver, sender]) s.close();
});

test.runIf(process.platform === "linux")(
  "a receive buffer above the maximum is a network error, and the size stays",
  async () => {
    const [a, b] = [await bound(), await bound()];
    b.setReceiveBufferSize(4_096);
    for (const size of [2 ** 30, 2 ** 31, 2 ** 40, 2 ** 60]) {
      expect(() => b.setReceiveBufferSize(size)).toThrow(
        expect.objectContaining({ code: "ERR_UDP_BUFFER_SIZE", name: "UdpNetworkError" }),
      );
    }
    for (let n = 0; n < 10; n++) {
      await a.sendTo(HERE, portOf(b), Buffer.alloc(1_000));
      await arrived(b, n + 1);
    }
    expect(b.counters).toMatchObject({ received: 4, dropped: 6 });
    for (const s of [a, b]) s.close();
  },
);

test("the receive buffer may be set on an unbound socket and survives the bind", async () => {
  const [a, b] = [await bound(), new UdpSocket()];
  b.setReceiveBufferSize(4_096);
  await b.bind(HERE, 0);
  for (let n = 0; n < 20; n++) {
    await a.sendTo(HERE, portOf(b), Buffer.alloc(1_000));
    await arrived(b, n + 1);
  }
  expect(b.counters.dropped).toBeGreaterThan(10);
  for (const s of [a, b]) s.close();
});

test("an empty inbox takes a datagram larger than its budget", async () => {
  const [a, b] = [await bound(), await bound()];
  b.setReceiveBufferSize(1);
  await a.sendTo(HERE, portOf(b), Buffer.alloc(1_000, 5));
  expect((await b.receive()).data).toEqual(Buffer.alloc(1_000, 5));
  for (const s of [a, b]) s.close();
});

test("settled has read all that the kernel held, not only one turn's worth", async () => {
  const [a, b] = [await bound(), await bound()];
  for (let n = 0; n < 150; n++) a.trySendTo(HERE, portOf(b), text(String(n)));
  await arrived(b, 1);
  await b.settled();
  expect(b.counters).toMatchObject({ received: 150, dropped: 0 });
  for (const s of [a, b]) s.close();
});
