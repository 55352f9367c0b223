import type { Socket } from "node:dgram";
import { bareConnected, bareSocket, tunedSocket } from "./bare.ts";
import type { Contender, Pair } from "./pair.ts";
import { UdpSocket } from "./subject.ts";

const BATCH = 50;
const HOST = "127.0.0.1";

type Callback = (error: Error | null) => void;

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Sends in batches without waiting; a callback hears of errors. */
function burst(socket: Socket, send: (done: Callback) => void): Contender {
  const done: Callback = (error) => {
    if (error) throw error;
  };
  return {
    async run(datagrams) {
      for (let sent = 0; sent < datagrams; sent++) {
        send(done);
        if (sent % BATCH === BATCH - 1) await turn();
      }
    },
    close: () => socket.close(),
  };
}

/** Sends the next one when the callback has told of the last. */
function sequence(socket: Socket, send: (done: Callback) => void): Contender {
  return {
    run: (datagrams) =>
      new Promise((resolve, reject) => {
        let left = datagrams;
        const next: Callback = (error) => {
          if (error) reject(error);
          else if (left-- === 0) resolve();
          else send(next);
        };
        next(null);
      }),
    close: () => socket.close(),
  };
}

async function ourSocket(connectTo?: number): Promise<UdpSocket> {
  const socket = new UdpSocket();
  await socket.bind(HOST, 0);
  if (connectTo !== undefined) await socket.connect(HOST, connectTo);
  return socket;
}

function tryBurst(socket: UdpSocket, send: () => boolean): Contender {
  return {
    async run(datagrams) {
      for (let sent = 0; sent < datagrams; sent++) {
        if (!send()) throw new Error("the queue of the loopback interface is never full");
        if (sent % BATCH === BATCH - 1) await turn();
      }
    },
    close: () => socket.close(),
  };
}

function awaiting(socket: UdpSocket, send: () => Promise<void>): Contender {
  return {
    async run(datagrams) {
      for (let sent = 0; sent < datagrams; sent++) await send();
    },
    close: () => socket.close(),
  };
}

export function sendingPairs(port: number): readonly Pair[] {
  const datagrams = 10_000;
  return [
    {
      name: "trySendTo",
      bound: 1.1,
      datagrams,
      async bare(size) {
        const [socket, data] = [await bareSocket(), Buffer.alloc(size, 1)];
        return burst(socket, (done) => socket.send(data, port, HOST, done));
      },
      async ours(size) {
        const [socket, data] = [await ourSocket(), Buffer.alloc(size, 1)];
        return tryBurst(socket, () => socket.trySendTo(HOST, port, data));
      },
      async tuned(size) {
        const [socket, data] = [await tunedSocket(), Buffer.alloc(size, 1)];
        return burst(socket, (done) => socket.send(data, port, HOST, done));
      },
    },
    {
      name: "trySend",
      bound: 1.1,
      datagrams,
      async bare(size) {
        const [socket, data] = [await bareConnected(port), Buffer.alloc(size, 1)];
        return burst(socket, (done) => socket.send(data, done));
      },
      async ours(size) {
        const [socket, data] = [await ourSocket(port), Buffer.alloc(size, 1)];
        return tryBurst(socket, () => socket.trySend(data));
      },
    },
    {
      name: "sendTo",
      bound: 1.25,
      datagrams,
      async bare(size) {
        const [socket, data] = [await bareSocket(), Buffer.alloc(size, 1)];
        return sequence(socket, (done) => socket.send(data, port, HOST, done));
      },
      async ours(size) {
        const [socket, data] = [await ourSocket(), Buffer.alloc(size, 1)];
        return awaiting(socket, () => socket.sendTo(HOST, port, data));
      },
      async tuned(size) {
        const [socket, data] = [await tunedSocket(), Buffer.alloc(size, 1)];
        return sequence(socket, (done) => socket.send(data, port, HOST, done));
      },
    },
    {
      name: "send",
      bound: 1.25,
      datagrams,
      async bare(size) {
        const [socket, data] = [await bareConnected(port), Buffer.alloc(size, 1)];
        return sequence(socket, (done) => socket.send(data, done));
      },
      async ours(size) {
        const [socket, data] = [await ourSocket(port), Buffer.alloc(size, 1)];
        return awaiting(socket, () => socket.send(data));
      },
    },
  ];
}
