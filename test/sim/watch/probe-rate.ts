import { TIMING } from "../../../src/mdns/core/timing.ts";
import type { Link } from "../../../src/mdns/link/link.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import type { SimHost } from "../sim-host.ts";
import { SimInterface } from "../sim-interface.ts";
import type { SimLan } from "../sim-lan.ts";

const ATTEMPTS = 15; // RFC 6762 §8.1
const SAME_ATTEMPT = TIMING.probeInterval + 10;

/** What one host did lately, in ms. */
interface Past {
  readonly attempts: number[];
  readonly begun: number[];
}

/**
 * No host makes more than 15 attempts at names within 10 s, over all names and interfaces. Claims that its program
 * begins (registration, interface up, wake) are on top: they are no answer to a conflict. P-22
 */
export function watchProbeRate(lan: SimLan): void {
  const lastProbe = new WeakMap<Link, Map<string, number>>();
  const pasts = new WeakMap<SimHost, Past>();
  const pastOf = (host: SimHost): Past => {
    const past = pasts.get(host) ?? { attempts: [], begun: [] };
    pasts.set(host, past);
    return past;
  };
  lan.onBegun((host, names) => {
    pastOf(host).begun.push(...new Array<number>(names).fill(lan.clock.now()));
  });
  lan.log.watch((packet) => {
    const { from, message, time } = packet;
    if (!(from instanceof SimInterface) || from.link === undefined) return;
    if (message === undefined || message.response || message.authorities.length === 0) return;
    const probes = lastProbe.get(from.link) ?? new Map<string, number>();
    lastProbe.set(from.link, probes);
    const { attempts, begun } = pastOf(from.host);
    for (const { name, type } of message.questions) {
      if (type !== TYPE.ANY) continue;
      if (time - (probes.get(name.key) ?? Number.NEGATIVE_INFINITY) > SAME_ATTEMPT) attempts.push(time);
      probes.set(name.key, time);
    }
    forgetBefore(attempts, time - TIMING.conflictWindow);
    forgetBefore(begun, time - TIMING.conflictWindow - TIMING.probeDelayMax);
    if (attempts.length > ATTEMPTS + begun.length) {
      lan.violate(`${attempts.length} attempts to probe in 10 s, ${begun.length} of them begun (P-22): ${packet}`);
    }
  });
}

function forgetBefore(times: number[], start: number): void {
  while ((times[0] ?? start) < start) times.shift();
}
