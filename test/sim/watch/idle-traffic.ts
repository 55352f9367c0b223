import { TIMING } from "../../../src/mdns/core/timing.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { recordKey } from "../../../src/mdns/wire/record-key.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { describeQuestion } from "../describe-message.ts";
import { familyOf } from "../frame.ts";
import type { Packet } from "../packet-log.ts";
import { SimInterface } from "../sim-interface.ts";
import type { SimLan } from "../sim-lan.ts";

const ANSWER_WITHIN = 1_120; // RFC 6762 §6: the random delay, or the rest of a second since the record was multicast
const EARLIEST_REFRESH = 0.8; // RFC 6762 §5.2
const LATEST_REFRESH = 0.98;
const RECEPTIONS = 4;

interface Series {
  last: number;
  asked: number;
}

/**
 * On a LAN without faults where nothing changes any more: no response without a query just before, and no query but
 * those of a series that backs off to an hour and those that refresh a record near its end., P-31
 *
 * @param settled - when the last announcement may be over, in ms
 */
export function watchIdleTraffic(lan: SimLan, settled: number): void {
  const series = new Map<string, Series>();
  const heard = new Map<string, { readonly ttl: number; readonly times: number[] }>();
  const keysOf = new Map<string, Set<string>>();
  const lastQuery = new Map<string, number>();

  const remember = (record: ResourceRecord, time: number): void => {
    const key = recordKey(record);
    const { times } = heard.get(key) ?? { times: [] };
    heard.set(key, { ttl: 1_000 * record.ttl, times: [...times, time].slice(-RECEPTIONS) });
    const question = `${record.name.key}/${record.type}`;
    keysOf.set(question, (keysOf.get(question) ?? new Set()).add(key));
  };
  const isRefresh = ({ name, type }: Question, time: number): boolean => {
    const near = [...(keysOf.get(`${name.key}/${type}`) ?? [])].some((key) => isNearEnd(key, time, LATEST_REFRESH));
    return near || [...(keysOf.get(`${name.key}/${TYPE.NSEC}`) ?? [])].some((key) => isNearEnd(key, time, 1.01));
  };
  const isNearEnd = (key: string, time: number, latest: number): boolean => {
    const record = heard.get(key);
    return (record?.times ?? []).some((at) => {
      const age = (time - at) / (record?.ttl ?? 1);
      return age >= EARLIEST_REFRESH && age <= latest;
    });
  };
  const checkQuestion = (question: Question, packet: Packet): void => {
    const { time, from } = packet;
    if (isRefresh(question, time)) return;
    const key = `${from.label}/${familyOf(packet.frame)}/${question.name.key}/${question.type}`;
    const known = series.get(key);
    series.set(key, { last: time, asked: (known?.asked ?? 0) + 1 });
    if (known === undefined) return;
    const interval = Math.min(TIMING.queryInterval * 2 ** (known.asked - 1), TIMING.queryIntervalMax);
    const since = time - known.last;
    if (since < interval - 1) {
      lan.violate(`${describeQuestion(question)} again after ${since} ms, not ${interval} (Q-02, Q-03): ${packet}`);
    }
  };
  lan.log.watch((packet) => {
    const { from, message, time } = packet;
    if (!(from instanceof SimInterface) || message === undefined) return;
    if (!message.response) {
      if (message.questions.length > 0) lastQuery.set(packet.segment.name, time);
      if (message.authorities.length > 0) return;
      for (const question of message.questions) checkQuestion(question, packet);
      return;
    }
    const since = time - (lastQuery.get(packet.segment.name) ?? Number.NEGATIVE_INFINITY);
    if (time > settled && since > ANSWER_WITHIN)
      lan.violate(`a response that nobody asked for (P-30, P-31): ${packet}`);
    for (const record of [...message.answers, ...message.additionals]) remember(record, time);
  });
}
