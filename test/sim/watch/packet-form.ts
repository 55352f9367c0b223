import { recordKey } from "../../../src/mdns/wire/record-key.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { familyOf } from "../frame.ts";
import type { Packet } from "../packet-log.ts";
import { payloadLimit, SimInterface } from "../sim-interface.ts";
import type { SimLan } from "../sim-lan.ts";

const PAYLOAD_MAX = { ipv4: 8_972, ipv6: 8_952 } as const; // RFC 6762 §17

/** No host sends a packet over the MTU with more than one record, nor over 9000 bytes, nor a record twice in a packet. */
export function watchPacketForm(lan: SimLan): void {
  lan.log.watch((packet) => {
    for (const fault of faultsOf(packet)) lan.violate(`${fault}: ${packet}`);
  });
}

function faultsOf(packet: Packet): readonly string[] {
  const { from, frame, message } = packet;
  if (!(from instanceof SimInterface)) return [];
  if (message === undefined || message.malformed > 0) return ["a packet that cannot be read"];
  const records = [...message.answers, ...message.authorities, ...message.additionals];
  const faults: string[] = [];
  const size = frame.bytes.length;
  if (size > payloadLimit(from.mtu, frame) && records.length > 1)
    faults.push(`${size} bytes with several records (W-38)`);
  if (size > PAYLOAD_MAX[familyOf(frame)]) faults.push(`${size} bytes (W-39)`);
  if (frame.destination === "group" && message.id !== 0) faults.push("an ID in a multicast message (W-01, W-02)");
  if (message.response && message.authorities.length > 0) faults.push("a response with an authority section");
  if (frame.destination === "group" && message.response) {
    if (message.questions.length > 0) faults.push("a question in a multicast response (A-38)");
    if (records.length === 0) faults.push("an empty response (A-02)");
  }
  const keys = records.filter(({ type }) => type !== TYPE.OPT).map(recordKey);
  if (new Set(keys).size < keys.length) faults.push("a record twice in one packet (A-54)");
  return faults;
}
