import { createSocket } from "node:dgram";
import { decodeMessage } from "../../../src/mdns/wire/decode.ts";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { Name } from "../../../src/mdns/wire/name.ts";

/** A scripted peer on plain sockets: `argv[2]` is what it does; it prints the first response it hears. */
export interface PeerScript {
  readonly from: { readonly host: string; readonly port: number };
  readonly to: { readonly host: string; readonly port: number };
  /** Leave by the interface with this address; in IPv6 its zone, `::%e0`. */
  readonly via?: string;
  /** TTL or hop limit of what it sends to the group. @default 255 */
  readonly ttl?: number;
  /** Asks for the A records of this name. */
  readonly ask?: string;
  /** Answers with this A or AAAA record. */
  readonly answer?: { readonly name: string; readonly address: string };
}

export interface Heard {
  readonly from: string;
  readonly port: number;
  readonly id: number;
  readonly answers: number;
}

const AGAIN = 2_000; // ms: longer than a responder may wait
const QUESTIONS = 10;

const script = JSON.parse(process.argv[2] ?? "{}") as PeerScript;
const socket = createSocket({ type: script.to.host.includes(":") ? "udp6" : "udp4", reuseAddr: true });
let timer: NodeJS.Timeout | undefined;

function bytes(): Uint8Array {
  const { ask, answer } = script;
  if (ask !== undefined) {
    return encodeMessage({ id: 7, questions: [{ name: Name.parse(ask), type: 1, class: 1, unicast: false }] });
  }
  const { name = "", address = "" } = answer ?? {};
  const data = { kind: "address", address } as const;
  const type = address.includes(":") ? 28 : 1;
  const record = { name: Name.parse(name), type, class: 1, flush: true, ttl: 120, data };
  return encodeMessage({ response: true, authoritative: true, answers: [record] });
}

socket.bind(script.from.port, script.from.host, () => {
  socket.setMulticastTTL(script.ttl ?? 255);
  if (script.via !== undefined) socket.setMulticastInterface(script.via);
  const send = (done: () => void): void => socket.send(bytes(), script.to.port, script.to.host, done);
  if (script.ask === undefined) send(() => socket.close());
  else ask(() => send(() => {}));
});

function ask(send: () => void): void {
  let left = QUESTIONS;
  send();
  timer = setInterval(() => (--left > 0 ? send() : end()), AGAIN);
}

function end(): void {
  clearInterval(timer);
  socket.close();
}

socket.on("message", (data, sender) => {
  const message = decodeMessage(data);
  if (!message.response) return;
  const heard: Heard = { from: sender.address, port: sender.port, id: message.id, answers: message.answers.length };
  process.stdout.write(JSON.stringify(heard));
  end();
});
