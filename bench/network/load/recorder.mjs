// Hears all of one link and tells what the others said: node recorder.mjs OWN_ADDRESS
import { createSocket } from "node:dgram";
import { createInterface } from "node:readline";
import { decode } from "dns-packet";

const GROUP = "224.0.0.251";
const RECEIVE_BUFFER = 4_194_304; // bytes; the system may allow less
const [address] = process.argv.slice(2);

let heard = [];
const socket = createSocket({ type: "udp4", reuseAddr: true });
socket.on("message", (bytes, from) => heard.push({ at: performance.timeOrigin + performance.now(), bytes, from }));
await new Promise((resolve) => socket.bind(5353, GROUP, resolve));
socket.setRecvBufferSize(RECEIVE_BUFFER);
socket.addMembership(GROUP, address);

const srvNames = (records) => records.filter(({ type, ttl }) => type === "SRV" && ttl !== 0).map(({ name }) => name);

/** bonjour-service probes without saying what it claims, so that only the question tells. */
function kindOf({ type, authorities, questions }) {
  if (type === "response") return "responses";
  return authorities.length > 0 || questions.some(({ type }) => type === "ANY") ? "probes" : "queries";
}

const commands = {
  clear: () => {
    heard = [];
    return {};
  },
  /** Packets by kind, and when the first `count` services had all been given. */
  summary: ({ count }) => {
    const packets = { probes: 0, responses: 0, queries: 0 };
    const announced = new Set();
    let [allAt, bytes] = [0, 0];
    for (const packet of heard) {
      const message = decode(packet.bytes);
      packets[kindOf(message)]++;
      bytes += packet.bytes.length;
      if (message.type !== "response") continue;
      for (const name of srvNames([...message.answers, ...message.additionals])) announced.add(name);
      if (allAt === 0 && announced.size >= count) allAt = packet.at;
    }
    return { ...packets, bytes, total: heard.length, announced: announced.size, allAt, lastAt: heard.at(-1)?.at ?? 0 };
  },
};

process.stdout.write("listening\n");
for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, ...rest } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id, ...commands[command](rest) })}\n`);
}
process.exit();
