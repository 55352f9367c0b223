import { TIMING } from "../../../src/mdns/core/timing.ts";
import type { Link } from "../../../src/mdns/link/link.ts";
import { describeQuestion, readMessage } from "../describe-message.ts";
import { familyOf } from "../frame.ts";
import { SimInterface } from "../sim-interface.ts";
import type { SimLan } from "../sim-lan.ts";

const CLOSEST = TIMING.queryInterval - 1e-6;
const REFRESH_STEP = 0.05; // RFC 6762 §5.2: of the lifetime

/**
 * No host multicasts the same question twice within a second on one interface and family, whoever wants it there:
 * its series, a refresh, a reconfirmation. Of records that live for seconds only the refreshes lie closer.
 */
export function watchQuestionRate(lan: SimLan): void {
  const asked = new WeakMap<Link, Map<string, number>>();
  const shortest = new Map<string, number>();
  lan.onHeard((_at, { bytes }) => {
    const message = readMessage(bytes);
    if (!message?.response) return;
    for (const { name, ttl } of [...message.answers, ...message.additionals]) {
      if (ttl > 0) shortest.set(name.key, Math.min(ttl * 1_000, shortest.get(name.key) ?? Number.POSITIVE_INFINITY));
    }
  });
  lan.log.watch((packet) => {
    const { from, frame, message, time } = packet;
    if (!(from instanceof SimInterface) || from.link === undefined || frame.destination !== "group") return;
    if (message === undefined || message.response || message.authorities.length > 0) return;
    const times = asked.get(from.link) ?? new Map<string, number>();
    asked.set(from.link, times);
    for (const question of message.questions) {
      const { name, type, class: questionClass } = question;
      const key = `${familyOf(frame)} ${name.key} ${type} ${questionClass}`;
      const since = time - (times.get(key) ?? Number.NEGATIVE_INFINITY);
      times.set(key, time);
      const least = Math.min(CLOSEST, ((shortest.get(name.key) ?? Number.POSITIVE_INFINITY) * REFRESH_STEP) / 2);
      if (since < least) {
        lan.violate(`${describeQuestion(question)} again after ${since.toFixed(1)} ms (Q-02): ${packet}`);
      }
    }
  });
}
