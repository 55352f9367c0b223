// One codec in a process of its own: node bench/codec/measure.mjs earshot|dns-packet
// Prints a JSON object: nanoseconds for each operation on each packet, the median of many short runs.
import { readFileSync } from "node:fs";
import { slowPacket } from "./slow-packet.mjs";
import { touchDnsPacket, touchEarshot } from "./touch.mjs";

const PACKETS = ["announcement-homekit", "query-20-known-answers", "real-avahi-announcement", "response-60-records"];
const WARM_UP_MS = 150;
const RUNS = 41;
const RUN_MS = 4;

const codec = process.argv[2] === "dns-packet" ? await dnsPacket() : await earshot();
const figures = {};
for (const name of PACKETS) {
  const bytes = readFileSync(new URL(`../../test/fixtures/packets/${name}.bin`, import.meta.url));
  for (const [operation, run] of Object.entries(codec.operations(bytes))) figures[`${name} ${operation}`] = median(run);
}
figures["slow decode"] = median(codec.slow(slowPacket()));
process.stdout.write(JSON.stringify(figures));

async function dnsPacket() {
  const { decode, encode } = (await import("dns-packet")).default;
  return {
    operations(bytes) {
      const message = decode(bytes);
      return {
        decode: () => touchDnsPacket(decode(bytes)),
        encode: () => encode(message).length,
      };
    },
    slow: (bytes) => () => {
      try {
        return decode(Buffer.from(bytes)).answers.length;
      } catch {
        return 0;
      }
    },
  };
}

async function earshot() {
  const directory = process.env.EARSHOT_DIST ?? new URL("../../dist/", import.meta.url).href;
  const { decodeMessage, encodeMessage, glance, Name, nameHash } = await import(`${directory}mdns/wire/index.js`);
  const interest = new Set(["_other._tcp.local", "other.local"].map((name) => nameHash(Name.parse(name))));
  return {
    operations(bytes) {
      const message = decodeMessage(bytes);
      return {
        decode: () => touchEarshot(decodeMessage(bytes)),
        encode: () => encodeMessage(message).length,
        "encode after decode": () => encodeMessage(decodeMessage(bytes)).length,
        glance: () => (glance(bytes, interest) === "none" ? 1 : 0),
      };
    },
    slow: (bytes) => () => touchEarshot(decodeMessage(bytes)),
  };
}

function median(run) {
  let sink = 0;
  let count = 0;
  const warm = performance.now();
  while (performance.now() - warm < WARM_UP_MS) for (let at = 0; at < 10; at++, count++) sink += run();
  const batch = Math.max(1, Math.round((count / WARM_UP_MS) * RUN_MS));
  const times = [];
  for (let round = 0; round < RUNS; round++) {
    const start = process.hrtime.bigint();
    for (let at = 0; at < batch; at++) sink += run();
    times.push(Number(process.hrtime.bigint() - start) / batch);
  }
  if (sink < 0) throw new Error("a codec read nothing");
  return times.sort((a, b) => a - b)[RUNS >> 1];
}
