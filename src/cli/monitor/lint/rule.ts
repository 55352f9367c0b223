import { type ResourceRecord, typeName } from "../../../mdns/wire/index.ts";
import type { ReadablePacket } from "../packet.ts";
import type { History } from "./history.ts";

/** How strongly the section puts it: MUST and MUST NOT, or SHOULD and SHOULD NOT. */
type Level = "must" | "should";

/** One thing that a packet can get wrong. */
export interface Rule {
  readonly section: string;
  readonly level: Level;
  /** What is wrong where the rule is broken. */
  readonly title: string;
  /** Whether it is about what the sender did before: programs that share an address are taken for one. */
  readonly bySender?: true;
  /**
   * Looks at a packet.
   * @param history - what was seen before this packet
   * @returns what is to blame, or `undefined` when nothing is
   */
  readonly check: (packet: ReadablePacket, history: History) => string | undefined;
}

/** A rule that a packet breaks. */
export interface Finding {
  readonly rule: Rule;
  readonly blame: string;
}

/** The records to blame: the first one, and how many more. */
export function blameRecords(records: readonly ResourceRecord[]): string | undefined {
  const [first] = records;
  if (first === undefined) return undefined;
  return andMore(`${typeName(first.type)} ${first.name}`, records.length);
}

/** The first thing to blame, and how many more. */
export function andMore(first: string, count: number): string {
  return count > 1 ? `${first} and ${count - 1} more` : first;
}
