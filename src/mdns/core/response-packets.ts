import { MessageWriter } from "../wire/message-writer.ts";
import { LIMITS } from "./limits.ts";
import type { PayloadSize } from "./payload-size.ts";
import { type Owned, wholeSet } from "./zone.ts";

/** One packed response and what it tells, for the limits that count what was multicast. */
export interface PackedResponse {
  readonly bytes: Uint8Array;
  readonly records: readonly Owned[];
}

/** Writes one reply at a time. */
export const REPLY_WRITER: MessageWriter = new MessageWriter({ response: true, limit: LIMITS.payloadIpv4 });

/**
 * Packs answers into as many packets as it takes, each complete in itself; additionals fill what room is left in the
 * last one. RFC 6762 §17, §18.5
 */
export function packResponse(
  answers: readonly Owned[],
  additionals: readonly Owned[],
  { payload, payloadMax }: PayloadSize,
  ttl?: number,
): PackedResponse[] {
  const packets: PackedResponse[] = [];
  const told = new Set<string>();
  const isRepeat = ({ key }: Owned): boolean => {
    if (told.has(key)) return true;
    told.add(key);
    return false;
  };
  const overrides = ttl === undefined ? undefined : { ttl };
  const writer = REPLY_WRITER;
  const begin = (): void => writer.begin({ response: true, limit: payload });
  begin();
  let records: Owned[] = [];
  const close = (): void => {
    if (records.length > 0) packets.push({ bytes: writer.finish(), records });
    records = [];
  };
  for (const owned of answers) {
    if (isRepeat(owned)) continue;
    if (!writer.addAnswer(owned.record, overrides)) {
      close();
      begin();
      if (!writer.addAnswer(owned.record, overrides)) {
        const alone = new MessageWriter({ response: true, limit: payloadMax });
        if (alone.addAnswer(owned.record, overrides)) packets.push({ bytes: alone.finish(), records: [owned] });
        continue;
      }
    }
    records.push(owned);
  }
  if (records.length > 0) {
    for (const owned of additionals) {
      // A part of a unique set would have others drop the rest. RFC 6762 §10.2
      const set = wholeSet(owned).filter((member) => !isRepeat(member));
      if (set.length > 0 && writer.addAdditionals(set.map(({ record }) => record))) records.push(...set);
    }
  }
  close();
  return packets;
}
