import { describe, expect, test } from "vitest";
import { UdpSocket } from "../../src/udp/index.ts";
import { bound, HERE, NO_IPV6, portOf, text } from "./loopback.ts";

const IPV6 = { family: "ipv6" } as const;
const GROUP = "ff02::77";

describe.skipIf(NO_IPV6 !== undefined || process.platform !== "linux")(`IPv6 ${NO_IPV6 ?? ""}`, () => {
  test("the wildcard is dual-stack, unless ipv6Only", async () => {
    const [dual, only, sender] = [new UdpSocket(IPV6), new UdpSocket({ ...IPV6, ipv6Only: true }), await bound()];
    await dual.bind(null, 0);
    await only.bind(null, 0);
    const ipv4 = new UdpSocket();
    await ipv4.bind(null, portOf(only));
    await sender.sendTo(HERE, portOf(dual), text("x"));
    expect((await dual.receive()).host).toBe(`::ffff:${HERE}`);
    await expect(new UdpSocket().bind(null, portOf(dual))).rejects.toMatchObject({ code: "EADDRINUSE" });
    for (const s of [dual, only, sender, ipv4]) s.close();
  });

  test("an interface is given by name, zone, address or index, and answered as a zone", () => {
    const socket = new UdpSocket(IPV6);
    expect(socket.multicastInterface).toBe("::");
    for (const iface of ["lo", "::%lo", "::1"]) {
      socket.setMulticastInterface(iface);
      expect(socket.multicastInterface).toBe("::%lo");
    }
    socket.setMulticastInterface(null);
    expect(socket.multicastInterface).toBe("::");
    socket.close();
  });

  test("a membership is by interface, however that is spelled", async () => {
    const socket = new UdpSocket(IPV6);
    socket.joinGroup(GROUP, "lo");
    for (const again of ["::%lo", "::1"]) {
      expect(() => socket.joinGroup(GROUP, again)).toThrow(expect.objectContaining({ code: "EADDRINUSE" }));
    }
    expect(() => socket.joinGroup(`${GROUP}%lo`, null)).toThrow(expect.objectContaining({ code: "EADDRINUSE" }));
    await socket.bind(null, 0);
    socket.leaveGroup(GROUP, "::1");
    expect(() => socket.leaveGroup(GROUP, "lo")).toThrow(expect.objectContaining({ code: "EADDRNOTAVAIL" }));
    socket.close();
  });

  test.each<[string, (s: UdpSocket) => unknown]>([
    ["joinGroup", (s) => s.joinGroup(GROUP, "nope0")],
    ["joinGroup, zone", (s) => s.joinGroup(GROUP, "::%nope0")],
    ["joinGroup, group's zone", (s) => s.joinGroup(`${GROUP}%nope0`, null)],
    ["joinGroup, index", (s) => s.joinGroup(GROUP, "9999")],
    ["joinGroup, foreign address", (s) => s.joinGroup(GROUP, "2001:db8::1")],
    ["leaveGroup", (s) => s.leaveGroup(GROUP, "nope0")],
    ["setMulticastInterface", (s) => s.setMulticastInterface("::%nope0")],
    ["trySendTo", (s) => s.trySendTo(`${GROUP}%nope0`, 9, text("x"))],
    ["sendTo", (s) => s.sendTo("fe80::1%nope0", 9, text("x"))],
    ["sendToEvt", (s) => s.sendToEvt("fe80::1%nope0", 9, text("x"))],
    ["bind", (s) => s.bind("fe80::1%nope0", 0)],
    ["connect", (s) => s.connect("fe80::1%nope0", 9)],
  ])("%s with an unknown interface is ENODEV, never another interface", async (_name, call) => {
    const socket = new UdpSocket(IPV6);
    await expect(Promise.resolve(socket).then(call)).rejects.toMatchObject({ code: "ENODEV", name: "UdpErrnoError" });
    expect([socket.bound, socket.connected]).toEqual([false, false]);
    socket.close();
  });

  test("group and interface that contradict each other, and no group at all, are refused", () => {
    const socket = new UdpSocket(IPV6);
    expect(() => socket.joinGroup("::1", "lo")).toThrow(expect.objectContaining({ code: "EINVAL" }));
    expect(() => socket.joinGroup(`${GROUP}%lo`, "nope0")).toThrow(expect.objectContaining({ code: "ENODEV" }));
    for (const call of ["joinGroup", "leaveGroup"] as const) {
      expect(() => socket[call]("239.1.1.1", "lo")).toThrow(
        expect.objectContaining({ code: "EAI_ADDRFAMILY", name: "UdpErrnoError", address: "239.1.1.1" }),
      );
      expect(() => socket[call]("all.example", "lo")).toThrow(TypeError);
    }
    socket.close();
  });

  test.each(["unconnected", "connected"] as const)(
    "%s, the largest IPv4 datagram is 65,507 bytes from an IPv6 socket, too",
    async (how) => {
      const [socket, peer] = [new UdpSocket(IPV6), await bound()];
      peer.setReceiveBufferSize(150_000);
      const mapped = `::ffff:${HERE}`;
      if (how === "connected") await socket.connect(HERE, portOf(peer));
      const send = (length: number): boolean => {
        const data = Buffer.alloc(length);
        return how === "connected" ? socket.trySend(data) : socket.trySendTo(mapped, portOf(peer), data);
      };
      expect(() => send(65_508)).toThrow(
        expect.objectContaining({ code: "EMSGSIZE", address: mapped, port: portOf(peer) }),
      );
      expect([socket.bound, socket.counters.sent]).toEqual([true, 0]);
      expect(send(65_507)).toBe(true);
      expect((await peer.receive()).data.length).toBe(65_507);
      for (const s of [socket, peer]) s.close();
    },
  );

  test("hop limits have their getters", () => {
    const socket = new UdpSocket(IPV6);
    expect([socket.ttl, socket.multicastTtl, socket.multicastLoopback]).toEqual([64, 1, true]);
    socket.setTtl(255);
    socket.setMulticastTtl(255);
    socket.setMulticastLoopback(false);
    expect([socket.ttl, socket.multicastTtl, socket.multicastLoopback]).toEqual([255, 255, false]);
    socket.close();
  });
});
