import { expect, onTestFinished, test } from "vitest";
import { type HeardDatagram, listen, Mdns } from "../../../src/mdns/index.ts";
import { decodeMessage } from "../../../src/mdns/wire/index.ts";
import { UdpSocket } from "../../../src/udp/index.ts";
import { LOOPBACK, uniqueHost } from "./program.ts";

const GROUP = "224.0.0.251";

/** Listens on loopback; `until` settles with the first datagram that fits. */
async function listening() {
  const heard: HeardDatagram[] = [];
  let wake = (): void => {};
  const listener = await listen({
    interfaces: LOOPBACK,
    onDatagram: (datagram) => {
      heard.push(datagram);
      wake();
    },
  });
  onTestFinished(() => listener.close());
  const until = async (fits: (datagram: HeardDatagram) => boolean): Promise<HeardDatagram> => {
    for (let at = 0; ; at++) {
      while (at >= heard.length) await new Promise<void>((resolve) => (wake = resolve));
      const datagram = heard[at];
      if (datagram !== undefined && fits(datagram)) return datagram;
    }
  };
  return { listener, until };
}

test("what is sent to the group is heard, with its source and its interface (RFC 6762 §3)", async () => {
  const { listener, until } = await listening();
  expect(listener.interfaces).toEqual([LOOPBACK]);
  const host = uniqueHost();
  const mdns = new Mdns({ interfaces: LOOPBACK });
  onTestFinished(() => mdns.close());
  await mdns.publishHost({ host, addresses: ["192.0.2.7"] });
  const announcement = await until(({ bytes }) => {
    const { response, answers } = decodeMessage(bytes);
    return response && answers.some(({ name }) => name.toString() === `${host}.local`);
  });
  expect(announcement).toMatchObject({ interfaces: [LOOPBACK], family: "ipv4", address: "127.0.0.1", port: 5353 });
});

test("an interface without a group that can be joined is not listened on", async () => {
  // On a loopback interface the IPv6 group is unreachable.
  const listener = await listen({ interfaces: LOOPBACK, families: ["ipv6"], onDatagram: () => {} });
  onTestFinished(() => listener.close());
  expect(listener.interfaces).toEqual([]);
});

test("a listener sends nothing: what is heard first is what was sent after it had gone", async () => {
  const witness = new UdpSocket();
  onTestFinished(() => witness.close());
  await witness.bind(GROUP, 5353, { reuse: true });
  witness.joinGroup(GROUP, "127.0.0.1");
  const { listener, until } = await listening();
  const marker = Buffer.from(`marker ${uniqueHost()}`);
  const sender = new UdpSocket();
  onTestFinished(() => sender.close());
  sender.setMulticastInterface("127.0.0.1");
  await sender.sendTo(GROUP, 5353, marker);
  await until(({ bytes }) => marker.equals(bytes));
  listener.close();
  expect(Buffer.from((await witness.receive()).data).toString()).toBe(marker.toString());
});

test.each([
  [{ interfaces: "nope0" }, "ERR_MDNS_UNKNOWN_INTERFACE"],
  [{ families: ["ipv5"] }, "ERR_MDNS_ARGUMENT"],
  [{ onDatagram: "no function" }, "ERR_MDNS_ARGUMENT"],
  [{ onError: "no function" }, "ERR_MDNS_ARGUMENT"],
])("listen refuses %o", async (options, code) => {
  await expect(listen({ interfaces: LOOPBACK, onDatagram: () => {}, ...options } as never)).rejects.toMatchObject({
    code,
  });
});

test.each([undefined, null, 5])("listen refuses %o for its options", async (options) => {
  await expect(listen(options as never)).rejects.toMatchObject({ name: "MdnsError", code: "ERR_MDNS_ARGUMENT" });
});
