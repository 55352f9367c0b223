import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** What a test has this program send, one JSON object a line. */
export interface Shot {
  /** The payload in hex. */
  readonly bytes: string;
  /** An own address; `argv[2]` by default. */
  readonly from?: string;
  /** 5353 by default. */
  readonly fromPort?: number;
  /** The group by default. */
  readonly to?: string;
}

/** A line that this program prints for each datagram it hears. */
export interface Overheard {
  readonly bytes: string;
  readonly from: string;
  readonly fromPort: number;
  /** `group`, or the own address and port that it was sent to. */
  readonly to: string;
}

const GROUP = "224.0.0.251";
const PORT = 5_353;
const [own = ""] = process.argv.slice(2);
const sockets = new Map<string, Promise<Socket>>();

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}

async function open(address: string, port: number, to: string): Promise<Socket> {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  socket.on("message", (data, sender) => {
    if (sender.address === own) return;
    say({ bytes: data.toString("hex"), from: sender.address, fromPort: sender.port, to } satisfies Overheard);
  });
  socket.bind(port, address);
  await once(socket, "listening");
  socket.setMulticastTTL(255);
  socket.setMulticastInterface(own);
  socket.setMulticastLoopback(false);
  return socket;
}

function socketFor(address: string, port: number): Promise<Socket> {
  const name = `${address}:${port}`;
  const known = sockets.get(name) ?? open(address, port, name);
  sockets.set(name, known);
  return known;
}

const group = await open(GROUP, PORT, "group");
group.addMembership(GROUP, own);
await socketFor(own, PORT);
let sending: Promise<unknown> = Promise.resolve();
createInterface({ input: process.stdin }).on("line", (line) => {
  const { bytes, from = own, fromPort = PORT, to = GROUP } = JSON.parse(line) as Shot;
  sending = sending.then(async () => (await socketFor(from, fromPort)).send(Buffer.from(bytes, "hex"), PORT, to));
});
say({ ready: true });
