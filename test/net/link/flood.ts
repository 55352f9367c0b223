import { MdnsSocket } from "../../../src/mdns/link/mdns-socket.ts";

/** Sends more at once than a slow wire takes, and prints what became of it. */
const [address = "", host = "", count = "0"] = process.argv.slice(2);
const told = { sent: 0, failed: 0, dropped: 0, flushed: false };
const owner = { sent: () => told.sent++, failed: () => told.failed++, dropped: () => told.dropped++ };
const quiet = { receive: () => {}, onError: () => {}, keepAlive: true };
const socket = await MdnsSocket.open({ family: "ipv4", host: null, ...quiet });
for (let index = 0; index < Number(count); index++) {
  const bytes = new Uint8Array(1_400);
  const group = host.startsWith("224.");
  socket.send({ family: "ipv4", host, port: 5353, bytes, group, via: group ? address : undefined, owner });
}
const before = { ...told };
await socket.flushed();
socket.close();
process.stdout.write(JSON.stringify({ before, after: { ...told, flushed: true } }));
