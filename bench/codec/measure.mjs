// One codec in a process of its own: node bench/codec/measure.mjs earshot|dns-packet
// Prints a JSON object: nanoseconds of CPU for each operation on each packet, the median of many short runs.
// CPU time, not the clock's, so that what else the machine does counts as little as can be.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { slowPacket } from "./slow-packet.mjs";
import { touchDnsPacket, touchEarshot, touchStrings } from "./touch.mjs";

const PACKETS = ["announcement-homekit", "query-20-known-answers", "real-avahi-announcement", "response-60-records"];
const WARM_UP_MS = 400;
const RUNS = 25;
const RUN_MS = 8;

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
        "decode and encode": () => encode(decode(bytes)).length,
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
  const entry = resolve(process.env.EARSHOT_DIST ?? "dist", "mdns/wire/index.js");
  const { decodeMessage, encodeMessage, glance, Name, nameHash, recordKey } = await import(pathToFileURL(entry).href);
  const interest = new Set(["_other._tcp.local", "other.local"].map((name) => nameHash(Name.parse(name))));
  const touchKey = (record) => recordKey(record).length;
  return {
    operations(bytes) {
      const message = decodeMessage(bytes);
      return {
        decode: () => touchEarshot(decodeMessage(bytes), touchKey),
        "decode, TXT split": () => touchEarshot(decodeMessage(bytes), touchStrings),
        encode: () => encodeMessage(message).length,
        "decode and encode": () => encodeMessage(decodeMessage(bytes)).length,
        glance: () => (glance(bytes, interest) === "none" ? 1 : 0),
      };
    },
    slow: (bytes) => () => touchEarshot(decodeMessage(bytes), touchKey),
  };
}

function median(run) {
  let sink = 0;
  let count = 0;
  const warm = cpuNanoseconds();
  while (cpuNanoseconds() - warm < WARM_UP_MS * 1e6) for (let at = 0; at < 20; at++, count++) sink += run();
  const batch = Math.max(1, Math.round((count / WARM_UP_MS) * RUN_MS));
  const times = [];
  for (let round = 0; round < RUNS; round++) {
    const start = cpuNanoseconds();
    for (let at = 0; at < batch; at++) sink += run();
    times.push((cpuNanoseconds() - start) / batch);
  }
  if (sink < 0) throw new Error("a codec read nothing");
  return times.sort((a, b) => a - b)[RUNS >> 1];
}

function cpuNanoseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) * 1e3;
}
