// any-moment.ts SEED   1,000 things are begun, and each is aborted, closed or left at any moment; prints what came of it
import { setImmediate, setTimeout } from "node:timers/promises";
import { Mdns, MdnsError } from "../../../src/index.ts";
import { pick, seeded } from "../../sim/random.ts";
import { ACTS } from "./acts.ts";

const LIVES = 40; // each with an `Mdns` of its own, which is closed at any moment, too
const ACTS_OF_A_LIFE = 25;
const LANES = 8; // lives at a time
const PAUSE = 60; // ms at most from one beginning to the next
const LONGEST = 1_500; // ms: what is published is announced twice by then

const random = seeded(process.argv[2] ?? "");
const escaped: string[] = [];
const outcomes: Record<string, number> = {};
let ended = 0;

process.on("uncaughtException", (error) => escaped.push(`uncaughtException: ${error.stack}`));
process.on("unhandledRejection", (reason) => escaped.push(`unhandledRejection: ${reason}`));
process.on("warning", (warning) => escaped.push(String(warning)));

function note(outcome: string): void {
  outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
}

async function watch(promise: Promise<unknown>): Promise<void> {
  await promise.then(
    () => note("fulfilled"),
    (error) => note(error instanceof MdnsError ? error.code : String(error)),
  );
}

/** Before anything else runs, in the same turn of the event loop, in the next, or in a while. */
async function anyMoment(): Promise<void> {
  const moment = random();
  if (moment < 0.1) return;
  if (moment < 0.2) await undefined;
  else if (moment < 0.3) await setImmediate();
  else await setTimeout(random() * LONGEST);
}

async function live(): Promise<void> {
  const mdns = new Mdns({ interfaces: "127.0.0.1", hostName: pick(random, ["red", "green"]) });
  const left: Promise<unknown>[] = [];
  for (let count = 0; count < ACTS_OF_A_LIFE; count++) {
    const abort = new AbortController();
    const finish = pick(
      random,
      ACTS,
    )({ mdns, random, signal: abort.signal, watch: (promise) => left.push(watch(promise)) });
    const end = async (): Promise<void> => {
      await anyMoment();
      ended += 1;
      abort.abort("aborted");
      finish?.();
    };
    left.push(end());
    await setTimeout(random() * PAUSE);
  }
  await anyMoment();
  await mdns.close();
  while (left.length > 0) await Promise.all(left.splice(0));
  if (mdns.counters.open > 0) escaped.push(`${mdns.counters.open} still open`);
}

let lives = 0;
async function lane(): Promise<void> {
  for (; lives < LIVES; ) {
    lives += 1;
    await live();
  }
}

await Promise.all(Array.from({ length: LANES }, lane));
const held = process.getActiveResourcesInfo().filter((kind) => !/^(Pipe|TTY|FSReq)/.test(kind));
process.stdout.write(`${JSON.stringify({ ended, lives, outcomes, escaped, held })}\n`);
