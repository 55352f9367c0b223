// Asks one host for SRV records and counts the answers: node asker.mjs OWN_ADDRESS…
import { createSocket } from "node:dgram";
import { createInterface } from "node:readline";
import { setImmediate, setTimeout } from "node:timers/promises";
import { encode } from "dns-packet";

const GROUP = "224.0.0.251";
const PORT = 5353;
const SLEEP = 10; // ms
const GIVE_UP_AFTER = 100; // ms after a burst
const LATE = 200; // ms after the last burst
const sleeper = new Int32Array(new SharedArrayBuffer(4));
const addresses = process.argv.slice(2);

let onAnswer = () => {};
const heard = (bytes, { address }) => {
  if ((bytes[2] & 0x80) !== 0) onAnswer(address);
};

async function opened(port, address) {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  socket.on("message", heard);
  await new Promise((resolve) => socket.bind(port, address, resolve));
  return socket;
}

const sockets = {
  legacy: await Promise.all(addresses.map((address) => opened(0, address))),
  qu: await Promise.all(addresses.map((address) => opened(PORT, address))),
};
const group = await opened(PORT, GROUP); // some answer by multicast
group.addMembership(GROUP, addresses[0]);
for (const [index, socket] of sockets.qu.entries()) socket.setMulticastInterface(addresses[index]);

function question(index, kind) {
  const bytes = encode({
    type: "query",
    id: kind === "legacy" ? 1 + (index % 0xffff) : 0,
    questions: [{ name: `Service ${index + 1}._http._tcp.local`, type: "SRV", class: "IN" }],
  });
  if (kind === "qu") bytes[bytes.length - 2] |= 0x80;
  return bytes;
}

/**
 * Sends bursts of questions, and sleeps after each until it is answered: an asker that woke for every answer would make
 * a slow answerer pay for waking it and spare a fast one.
 */
async function ask({ kind, target, names, bursts, questionsPerBurst }) {
  const questions = Array.from({ length: names }, (_, index) => question(index, kind));
  const to = kind === "qu" ? GROUP : target;
  let [asked, answers] = [0, 0];
  onAnswer = (from) => {
    if (from === target) answers++;
  };
  for (let burst = 0; burst < bursts; burst++) {
    for (let sent = 0; sent < questionsPerBurst; sent++) {
      const socket = sockets[kind][asked % addresses.length];
      socket.send(questions[asked++ % names], PORT, to);
    }
    const wanted = answers + questionsPerBurst;
    for (let slept = 0; answers < wanted && slept < GIVE_UP_AFTER; slept += SLEEP) {
      await setImmediate();
      Atomics.wait(sleeper, 0, 0, SLEEP);
      for (let turn = 0; turn < 2; turn++) await setImmediate();
    }
    if (answers === 0) break;
  }
  await setTimeout(LATE);
  onAnswer = () => {};
  return { answers };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, ...task } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id, ...(await ask(task)) })}\n`);
}
process.exit();
