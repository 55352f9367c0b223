import { expect, test } from "vitest";
import { always, choice, sync, UdpSocket } from "../../src/udp/index.ts";
import { arrived, bound, connectedPair, HERE, portOf, text } from "./loopback.ts";

const close = (...sockets: readonly UdpSocket[]): void => {
  for (const socket of sockets) socket.close();
};

/** All that waits, being the rest of `count` datagrams. */
async function drained(socket: UdpSocket, count: number): Promise<string[]> {
  await arrived(socket, count);
  await socket.settled();
  const got: string[] = [];
  for (let next = socket.tryReceive(); next !== undefined; next = socket.tryReceive()) got.push(next.data.toString());
  return got;
}

test("only the chosen send event sends: 60 of 60, evenly", async () => {
  const [a, b, target] = [await bound(), await bound(), await bound()];
  const evts = [a.sendToEvt(HERE, portOf(target), text("a")), b.sendToEvt(HERE, portOf(target), text("b"))];
  for (let n = 0; n < 60; n++) expect(await sync(evts)).toBeUndefined();
  const got = await drained(target, 60);
  expect(got.length).toBe(60);
  expect(new Set(got)).toEqual(new Set(["a", "b"]));
  expect(a.counters.sent + b.counters.sent).toBe(60);
  close(a, b, target);
});

test("a send event that is not chosen does not bind", async () => {
  const target = await bound();
  let chosen = 0;
  for (let n = 0; n < 40; n++) {
    const socket = new UdpSocket();
    const evt = socket.sendToEvt(HERE, portOf(target), text("x")).map(() => "sent");
    const result = await sync([evt, always("other")]);
    expect([socket.bound, socket.counters.sent]).toEqual(result === "sent" ? [true, 1] : [false, 0]);
    if (result === "sent") chosen++;
    close(socket);
  }
  expect([0, 40]).not.toContain(chosen);
  expect((await drained(target, chosen)).length).toBe(chosen);
  close(target);
});

test("a send event is reusable, and reads its bytes and the state when synchronized", async () => {
  const [a, b] = await connectedPair();
  const data = text("one");
  const evt = a.sendEvt(data);
  await sync(evt);
  data.write("two");
  await sync(evt);
  await sync(a.sendEvt(data, { start: 1 }));
  expect(await drained(b, 3)).toEqual(["one", "two", "wo"]);
  await a.disconnect();
  await expect(sync(evt)).rejects.toMatchObject({ code: "ERR_UDP_NOT_CONNECTED" });
  const to = a.sendToEvt(HERE, portOf(b), data);
  await a.connect(HERE, portOf(b));
  await expect(sync(to)).rejects.toMatchObject({ code: "ERR_UDP_CONNECTED" });
  close(a, b);
});

test("sendToEvt resolves a name when it is synchronized on, and remembers it", async () => {
  const [a, b] = [await bound(), await bound()];
  const evt = a.sendToEvt("localhost", portOf(b), text("x"));
  expect(await sync([evt])).toBeUndefined();
  expect(await sync(evt, { timeoutMs: 0 })).toBeUndefined();
  expect(await drained(b, 2)).toEqual(["x", "x"]);
  const unresolvable = a.sendToEvt("", portOf(b), text("x"));
  await expect(sync(unresolvable)).rejects.toMatchObject({ code: "ENOTFOUND" });
  await expect(sync(unresolvable)).rejects.toMatchObject({ code: "ENOTFOUND" });
  close(a, b);
});

test("a receive event that is not chosen consumes nothing and leaves the buffer", async () => {
  const [a, b] = [await bound(), await bound()];
  const buffer = Buffer.from("....");
  const evt = b.receiveIntoEvt(buffer);
  await a.sendTo(HERE, portOf(b), text("ab"));
  await arrived(b, 1);
  let losses = 0;
  while ((await sync([evt.map(() => "received"), always("other")])) === "other") {
    losses++;
    expect(buffer.toString()).toBe("....");
  }
  expect(losses).toBeLessThan(100);
  expect(buffer.toString()).toBe("ab..");
  expect(b.tryReceive()).toBeUndefined();
  close(a, b);
});

test("receiveIntoEvt answers length, sender and the buffer it wrote", async () => {
  const [a, b] = [await bound(), await bound()];
  const buffer = Buffer.from("....");
  const waiting = sync(b.receiveIntoEvt(buffer, { start: 1, end: 3 }));
  await a.sendTo(HERE, portOf(b), text("abc"));
  expect(await waiting).toEqual({ length: 2, host: HERE, port: portOf(a), buffer });
  expect(buffer.toString()).toBe(".ab.");
  close(a, b);
});

test("select over two sockets: one datagram completes one sync and stays off the other socket", async () => {
  const [a, b, sender] = [await bound(), await bound(), await bound()];
  const either = choice(
    a.receiveEvt().map(({ data }) => `a:${data}`),
    b.receiveEvt().map(({ data }) => `b:${data}`),
  );
  const first = sync(either);
  await sender.sendTo(HERE, portOf(b), text("1"));
  expect(await first).toBe("b:1");
  await sender.sendTo(HERE, portOf(a), text("2"));
  await sender.sendTo(HERE, portOf(b), text("3"));
  expect(new Set([await sync(either), await sync(either)])).toEqual(new Set(["a:2", "b:3"]));
  close(a, b, sender);
});

test("waits of every kind share one queue, first come, first served", async () => {
  const [a, b] = [await bound(), await bound()];
  const order: string[] = [];
  const done = [
    b.receive().then(({ data }) => order.push(`receive ${data}`)),
    sync(b.receiveEvt()).then(({ data }) => order.push(`event ${data}`)),
    b[Symbol.asyncIterator]()
      .next()
      .then(({ value }) => order.push(`step ${value?.data}`)),
    sync(b.receiveIntoEvt(Buffer.alloc(1))).then(({ buffer }) => order.push(`into ${buffer}`)),
  ];
  for (const data of ["1", "2", "3", "4"]) await a.sendTo(HERE, portOf(b), text(data));
  await Promise.all(done);
  expect(order).toEqual(["receive 1", "event 2", "step 3", "into 4"]);
  close(a, b);
});

test("ready events consume nothing, stay ready, and wake every waiter", async () => {
  const [a, b] = [await bound(), await bound()];
  const ready = b.receiveReadyEvt();
  const waiting = [sync(ready), sync(ready), sync([ready])];
  await a.sendTo(HERE, portOf(b), text("x"));
  expect(await Promise.all(waiting)).toEqual([ready, ready, ready]);
  expect(await sync(ready)).toBe(ready);
  expect(b.tryReceive()?.data).toEqual(text("x"));
  expect(await sync(ready, { timeoutMs: 0 })).toBeNull();
  close(a, b);
});

test("on an unbound socket send-ready is ready and does not bind, receive-ready waits", async () => {
  const socket = new UdpSocket();
  const ready = socket.sendReadyEvt();
  expect(await sync(ready)).toBe(ready);
  expect(socket.bound).toBe(false);
  expect(await sync(socket.receiveReadyEvt(), { timeoutMs: 0 })).toBeNull();
  await expect(sync(socket.receiveEvt())).rejects.toMatchObject({ code: "ERR_UDP_NOT_BOUND" });
  close(socket);
});

test("a wait that began unbound hears after the bind", async () => {
  const [socket, sender] = [new UdpSocket(), await bound()];
  const waiting = sync(socket.receiveReadyEvt());
  await socket.bind(HERE, 0);
  await sender.sendTo(HERE, portOf(socket), text("x"));
  await waiting;
  expect(socket.tryReceive()?.data).toEqual(text("x"));
  close(socket, sender);
});

test("the same event twice in one sync takes one datagram", async () => {
  const [a, b] = [await bound(), await bound()];
  const evt = b.receiveEvt();
  const waiting = sync([evt, evt, choice(evt, evt)]);
  await a.sendTo(HERE, portOf(b), text("1"));
  await a.sendTo(HERE, portOf(b), text("2"));
  expect((await waiting).data).toEqual(text("1"));
  expect(await drained(b, 2)).toEqual(["2"]);
  close(a, b);
});
