import { Name } from "../../../src/mdns/wire/name.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";

/** An A record with the flush bit. */
export function addressRecord(name: string, address: string, ttl = 120): ResourceRecord {
  return {
    name: Name.parse(name),
    type: TYPE.A,
    class: CLASS.IN,
    flush: true,
    ttl,
    data: { kind: "address", address },
  };
}

/** A PTR record without the flush bit. */
export function pointerRecord(name: string, target: string, ttl = 4_500): ResourceRecord {
  const data = { kind: "name", target: Name.parse(target) } as const;
  return { name: Name.parse(name), type: TYPE.PTR, class: CLASS.IN, flush: false, ttl, data };
}

export function questionFor(name: string, type: number, options: { readonly unicast?: boolean } = {}): Question {
  return { name: Name.parse(name), type, class: CLASS.IN, unicast: options.unicast ?? false };
}

/** What a host that wants `name` with this address asks. RFC 6762 §8.1 */
export function probeFor(name: string, address: string) {
  const proposed = { ...addressRecord(name, address), flush: false };
  return { questions: [questionFor(name, TYPE.ANY, { unicast: true })], authorities: [proposed] };
}
