import { UdpSocket, type UdpSocketOptions } from "../../src/udp/index.ts";

export const HERE = "127.0.0.1";

/** A socket bound to a free port of 127.0.0.1, or of ::1 for IPv6. */
export async function bound(options?: UdpSocketOptions): Promise<UdpSocket> {
  const socket = new UdpSocket(options);
  await socket.bind(options?.family === "ipv6" ? "::1" : HERE, 0);
  return socket;
}

export function portOf(socket: UdpSocket): number {
  return socket.addresses().localPort;
}

/** A port of 127.0.0.1 on which nothing listens. */
export async function deadPort(): Promise<number> {
  const socket = await bound();
  const port = portOf(socket);
  socket.close();
  return port;
}

/** Two sockets connected to each other. */
export async function connectedPair(): Promise<readonly [UdpSocket, UdpSocket]> {
  const [a, b] = [await bound(), await bound()];
  await a.connect(HERE, portOf(b));
  await b.connect(HERE, portOf(a));
  return [a, b];
}

export const text = (value: string): Buffer => Buffer.from(value);

/** Waits until the socket has read `count` datagrams in its life, kept or dropped: a busy kernel may deliver late. */
export async function arrived(socket: UdpSocket, count: number): Promise<void> {
  const seen = (): number => socket.counters.received + socket.counters.dropped;
  while (seen() < count) await socket.settled();
}

async function ipv6Missing(): Promise<string | undefined> {
  const socket = new UdpSocket({ family: "ipv6" });
  try {
    await socket.bind("::1", 0);
    return undefined;
  } catch (error) {
    return `no IPv6 here: ${String(error)}`;
  } finally {
    socket.close();
  }
}

/** Why tests of IPv6 cannot run, `undefined` if they can. */
export const NO_IPV6: string | undefined = await ipv6Missing();
