import { afterEach, expect, test } from "vitest";
import { UdpSocket } from "../../src/udp/index.ts";
import { arrived, bound, HERE, portOf, text } from "./loopback.ts";

const sockets: UdpSocket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) if (!socket.closed) socket.close();
});

async function pair(): Promise<readonly [UdpSocket, UdpSocket]> {
  const both = [await bound(), await bound()] as const;
  sockets.push(...both);
  return both;
}

test("a handler gets what waits, then each datagram with its sender, and no receive gets any", async () => {
  const [a, b] = await pair();
  await a.sendTo(HERE, portOf(b), text("before"));
  await arrived(b, 1);
  const heard: string[] = [];
  b.deliverTo((data, host, port) => heard.push(`${data} from ${host} ${port}`));
  expect(heard).toEqual([`before from ${HERE} ${portOf(a)}`]);
  await a.sendTo(HERE, portOf(b), text("after"));
  await arrived(b, 2);
  expect(heard).toEqual([`before from ${HERE} ${portOf(a)}`, `after from ${HERE} ${portOf(a)}`]);
  expect(b.tryReceive()).toBeUndefined();
  expect(b.counters).toMatchObject({ received: 2, dropped: 0 });
});

test("without the handler datagrams are kept for a receive again", async () => {
  const [a, b] = await pair();
  const heard: string[] = [];
  b.deliverTo((data) => heard.push(String(data)));
  b.deliverTo(null);
  await a.sendTo(HERE, portOf(b), text("kept"));
  expect(String((await b.receive()).data)).toBe("kept");
  expect(heard).toEqual([]);
});

test("a handler that closes the socket is told nothing more", async () => {
  const [a, b] = await pair();
  for (const each of ["one", "two"]) await a.sendTo(HERE, portOf(b), text(each));
  await arrived(b, 2);
  const heard: string[] = [];
  b.deliverTo((data) => {
    heard.push(String(data));
    b.close();
  });
  expect(heard).toEqual(["one"]);
});

test("what is no handler, and a socket that cannot receive, are refused", async () => {
  const [, b] = await pair();
  expect(() => b.deliverTo("heard" as never)).toThrowError(expect.objectContaining({ code: "ERR_UDP_ARGUMENT" }));
  const unbound = new UdpSocket();
  sockets.push(unbound);
  expect(() => unbound.deliverTo(() => {})).toThrowError(expect.objectContaining({ code: "ERR_UDP_NOT_BOUND" }));
  b.close();
  expect(() => b.deliverTo(() => {})).toThrowError(expect.objectContaining({ code: "ERR_UDP_CLOSED" }));
});
