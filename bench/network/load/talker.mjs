// Multicasts responses and queries as many hosts would: node talker.mjs OWN_ADDRESS
import { createSocket } from "node:dgram";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { encode } from "dns-packet";

const GROUP = "224.0.0.251";
const PORT = 5353;
const [address] = process.argv.slice(2);

const socket = createSocket({ type: "udp4", reuseAddr: true });
await new Promise((resolve) => socket.bind(PORT, address, resolve));
socket.setMulticastInterface(address);
socket.setMulticastTTL(255);

/** One packet that says all of one service. */
function announcement(index, prefix, type) {
  const name = `${prefix} ${index}.${type}.local`;
  const host = `host-${index % 50}.local`;
  return encode({
    type: "response",
    flags: 0x0400,
    answers: [{ name: `${type}.local`, type: "PTR", ttl: 4_500, data: name }],
    additionals: [
      { name, type: "SRV", ttl: 120, flush: true, data: { port: 1_000 + index, target: host } },
      { name, type: "TXT", ttl: 4_500, flush: true, data: [`n=${index}`, "path=/"] },
      { name: host, type: "A", ttl: 120, flush: true, data: `10.77.0.${1 + (index % 50)}` },
    ],
  });
}

function question(index) {
  return encode({ type: "query", questions: [{ name: `_other${index % 20}._tcp.local`, type: "PTR" }] });
}

function send(bytes) {
  return new Promise((resolve) => socket.send(bytes, PORT, GROUP, resolve));
}

const now = () => performance.timeOrigin + performance.now();

const commands = {
  /** `count` new services at `rate` packets a second; as fast as they go without a rate. */
  services: async ({ count, rate, prefix, type }) => {
    const packets = Array.from({ length: count }, (_, index) => announcement(index, prefix, type));
    const startedAt = now();
    let sent = 0;
    while (sent < count) {
      const due = rate === undefined ? count : Math.min(count, Math.ceil(((now() - startedAt) * rate) / 1_000));
      const batch = packets.slice(sent, Math.min(due, sent + 100));
      if (batch.length > 0) await Promise.all(batch.map(send));
      sent += batch.length;
    }
    return { startedAt, endedAt: now() };
  },
  /** Packets that concern nobody: half of them services of another type, half questions for yet others. */
  unrelated: async ({ rate, seconds }) => {
    for (let sent = 0; sent < rate * seconds; sent++) {
      await send(sent % 2 === 0 ? announcement(sent % 200, "Other", "_other._tcp") : question(sent));
      await setTimeout(1_000 / rate);
    }
    return {};
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { id, command, ...rest } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id, ...(await commands[command](rest)) })}\n`);
}
process.exit();
