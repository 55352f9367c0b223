import { createSocket, type Socket, type SocketOptions } from "node:dgram";
import { once } from "node:events";

/** A dgram socket as most programs make it. */
export async function bareSocket(options?: Partial<SocketOptions>): Promise<Socket> {
  const socket = createSocket({ type: "udp4", ...options });
  const listening = once(socket, "listening");
  socket.bind(0, "127.0.0.1");
  await listening;
  return socket;
}

export async function bareConnected(port: number): Promise<Socket> {
  const socket = await bareSocket();
  socket.connect(port, "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

/** With a lookup that answers at once. */
export function tunedSocket(): Promise<Socket> {
  return bareSocket({ lookup: (hostname, _options, callback) => callback(null, hostname, 4) });
}
