import { bareSocket } from "./bare.ts";
import type { Contender, Pair } from "./pair.ts";
import { sync, UdpSocket } from "./subject.ts";

const HOST = "127.0.0.1";
const BURST = 50; // fits the kernel's default buffer, so that nothing is lost

function request(size: number): Buffer {
  return Buffer.from(`${BURST} ${size}`);
}

async function listener(port: number, size: number): Promise<Contender> {
  const socket = await bareSocket();
  let onData: () => void = () => {};
  let bytes = 0;
  socket.on("message", (data, sender) => {
    bytes += data.length + sender.port;
    onData();
  });
  return {
    run: (datagrams) =>
      new Promise((resolve) => {
        let left = datagrams;
        onData = () => {
          left--;
          if (left === 0) resolve();
          else if (left % BURST === 0) socket.send(request(size), port, HOST);
        };
        socket.send(request(size), port, HOST);
      }),
    close: () => {
      socket.close();
      if (bytes === 0) throw new Error("nothing received");
    },
  };
}

type Consume = (socket: UdpSocket, datagrams: number, each: () => void) => Promise<void>;

async function reader(port: number, size: number, consume: Consume): Promise<Contender> {
  const socket = new UdpSocket();
  await socket.bind(HOST, 0);
  return {
    async run(datagrams) {
      let left = datagrams;
      socket.trySendTo(HOST, port, request(size));
      await consume(socket, datagrams, () => {
        left--;
        if (left > 0 && left % BURST === 0) socket.trySendTo(HOST, port, request(size));
      });
    },
    close: () => {
      if (socket.counters.dropped > 0) throw new Error("the inbox overflowed");
      socket.close();
    },
  };
}

async function iterate(socket: UdpSocket, datagrams: number, each: () => void): Promise<void> {
  let left = datagrams;
  for await (const { data, port } of socket) {
    if (data.length + port < 0) return;
    each();
    if (--left === 0) return;
  }
}

async function receiveEach(socket: UdpSocket, datagrams: number, each: () => void): Promise<void> {
  for (let left = datagrams; left > 0; left--) {
    await socket.receive();
    each();
  }
}

async function whenReady(socket: UdpSocket, datagrams: number, each: () => void): Promise<void> {
  const buffer = Buffer.alloc(2_048);
  const ready = socket.receiveReadyEvt();
  let left = datagrams;
  while (left > 0) {
    await sync(ready);
    while (socket.tryReceiveInto(buffer) !== undefined) {
      left--;
      each();
    }
  }
}

export function receivingPairs(port: number): readonly Pair[] {
  const pair = (name: string, bound: number, consume: Consume): Pair => ({
    name,
    bound,
    datagrams: 10_000,
    bare: (size) => listener(port, size),
    ours: (size) => reader(port, size, consume),
  });
  return [
    pair("for await", 1.25, iterate),
    pair("receive", 1.25, receiveEach),
    pair("tryReceiveInto when ready", 1.15, whenReady),
  ];
}
