import { createSocket } from "node:dgram";
import { UdpSocket } from "./subject.ts";

const HOST = "127.0.0.1";
const SIZE = 256;
const BATCH = 50;

export interface Memory {
  readonly sent: number;
  readonly kept: number;
  readonly dropped: number;
  readonly heapMiB: number;
  readonly rssMiB: number;
}

/** Floods a socket that nobody reads, and looks at the memory every `step` datagrams. */
export async function flood(total: number, step: number): Promise<readonly Memory[]> {
  const socket = new UdpSocket();
  await socket.bind(HOST, 0);
  const { localPort } = socket.addresses();
  const sender = createSocket("udp4");
  const payload = Buffer.alloc(SIZE, 1);
  const seen: Memory[] = [];
  for (let sent = BATCH; sent <= total; sent += BATCH) {
    await batch((done) => sender.send(payload, localPort, HOST, done));
    if (sent % step === 0) seen.push(memory(sent, socket));
  }
  sender.close();
  socket.close();
  return seen;
}

function batch(send: (done: () => void) => void): Promise<void> {
  return new Promise((resolve) => {
    let left = BATCH;
    const done = (): void => {
      if (--left === 0) setImmediate(resolve);
    };
    for (let sent = 0; sent < BATCH; sent++) send(done);
  });
}

function memory(sent: number, socket: UdpSocket): Memory {
  const { received, dropped } = socket.counters;
  const { heapUsed, rss } = process.memoryUsage();
  return { sent, kept: received, dropped, heapMiB: heapUsed / 2 ** 20, rssMiB: rss / 2 ** 20 };
}
