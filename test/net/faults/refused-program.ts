// refused-program.ts OPERATION ERROR…   a station on e0, e1…; the system answers what is asked of eN with the Nth error, then no more
import { createSocket } from "node:dgram";
import { setTimeout as delay } from "node:timers/promises";
import type { LinkDiagnostic } from "../../../src/mdns/link/link-diagnostic.ts";
import { Mdns } from "../../../src/mdns/mdns.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import { boundInterfaces, failReceiving, type Operation, refuse } from "./refusing-system.ts";

/** What became of it, told at the end as a line of JSON. */
export interface Outcome {
  /** Errors that nobody caught. */
  readonly escaped: readonly string[];
  /** Interfaces with a link while there were errors, and in the end. */
  readonly up: { readonly during: readonly string[]; readonly after: readonly string[] };
  /** As in `degraded e1`, each time that it was told. */
  readonly told: readonly string[];
  /** Own addresses at which a direct question was answered, while there were errors and in the end. */
  readonly answering: { readonly during: readonly number[]; readonly after: readonly number[] };
}

const PATIENCE = 20_000; // ms
const SERVICE = Name.parse("Faulty._faults._tcp.local");

const [operation = "", ...codes] = process.argv.slice(2);
const numbers = [0, ...codes.map((_, index) => index + 1)];
const escaped: string[] = [];
process.on("uncaughtException", (error) => escaped.push(String(error)));
process.on("unhandledRejection", (error) => escaped.push(String(error)));

const told: string[] = [];
const mdns = new Mdns({ interfaces: "e*", families: ["ipv4"] });
mdns.on("diagnostic", (event) => {
  if (isTrouble(event)) told.push(`${event.kind} ${event.interface}`);
});

function isTrouble(event: { readonly kind: string }): event is LinkDiagnostic & { readonly interface: string } {
  return ["refused", "degraded", "recovered", "rejoined"].includes(event.kind);
}

/** Until it holds, or for so long that something else will say what is wrong. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + PATIENCE; !(await holds()) && performance.now() < end; ) await delay(50);
}

/** Whether a direct question to the own address is answered, by a socket that nobody interferes with. */
async function answers(number: number): Promise<boolean> {
  const address = `10.77.${number}.1`;
  const socket = createSocket("udp4").unref();
  try {
    const answered = new Promise<boolean>((resolve) => {
      socket.once("message", () => resolve(true));
      socket.once("error", () => resolve(false));
      setTimeout(resolve, 500, false);
    });
    const questions = [{ name: SERVICE, type: 33, class: 1, unicast: false }];
    socket.send(encodeMessage({ id: 7, questions }), 5_353, address, () => {});
    return await answered;
  } finally {
    socket.close();
  }
}

async function answering(): Promise<readonly number[]> {
  const all = await Promise.all(numbers.map(async (number) => ((await answers(number)) ? [number] : [])));
  return all.flat();
}

function links(): readonly string[] {
  return mdns.counters.links.map((link) => link.interface).sort();
}

const isTold = (kind: string): boolean => numbers.slice(1).every((number) => told.includes(`${kind} e${number}`));

const TROUBLE: Record<Operation, () => boolean> = {
  bind: () => isTold("refused"),
  join: () => isTold("refused"),
  send: () => isTold("degraded"),
  receive: () => true,
};

const REMEDY: Record<Operation, () => boolean | Promise<boolean>> = {
  bind: () => numbers.every((number) => boundInterfaces().has(number)),
  join: () => links().length === numbers.length,
  send: () => isTold("recovered"),
  receive: () => true,
};

const asked = operation as Operation;
refuse(asked, new Map(codes.map((code, index) => [index + 1, code])));
await mdns.publish({ name: "Faulty", type: "_faults._tcp", port: 1 });
if (asked === "receive") for (const [index, code] of codes.entries()) failReceiving(index + 1, code);
await until(TROUBLE[asked]);
let during: readonly number[] = [];
await until(async () => {
  during = await answering();
  return during.includes(0);
});
const upDuring = links();
refuse();
await until(REMEDY[asked]);
let after: readonly number[] = [];
await until(async () => {
  after = await answering();
  return after.length === numbers.length;
});
const outcome: Outcome = {
  escaped,
  told: [...told],
  up: { during: upDuring, after: links() },
  answering: { during, after },
};
process.stdout.write(`${JSON.stringify(outcome)}\n`);
await mdns.close();
