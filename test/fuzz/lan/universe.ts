import fc from "fast-check";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { Question } from "../../../src/mdns/wire/question.ts";
import type { RecordData, ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";

/** Which of few records, so that claims, questions and cached records meet all the time. */
interface Choice {
  readonly name: string;
  readonly type: number;
  /** Which of the few values. */
  readonly value: number;
  /** Of the names that may be either. */
  readonly isShared?: boolean;
}

/** Records claimed together: unique ones of one name, shared ones of any. */
export interface Wish {
  readonly unique: readonly Choice[];
  readonly shared: readonly Choice[];
  /** In seconds. */
  readonly ttl: number;
}

const HOSTS = ["u0.local", "u1.local", "u2.local"] as const;
const ALIASES = ["c0.local", "c1.local"] as const;
const LISTS = ["s0.local", "s1.local"] as const;
/** Of one program, which may say at any time whether others may have its records, too. */
const OPEN = "m0.local";
const TARGETS = [...HOSTS, ...ALIASES];
const VALUES = 4;

/**
 * Lifetimes in seconds: so long that their refreshes lie a second apart, and shorter than a rest. RFC 6762 §5.2
 * Of unique names there are only types whose denial lives no longer: one heard while the announcement is lost hides it.
 */
export const TTLS: readonly number[] = [60, 120];

const value = fc.nat({ max: VALUES - 1 });

/** Unique records of one name. */
const uniqueSet: fc.Arbitrary<readonly Choice[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...HOSTS).chain((name) => fc.array(uniqueOf(name), { maxLength: 4 })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.boolean(), fc.array(uniqueOf(OPEN), { minLength: 1, maxLength: 3 }))
      .map(([isShared, choices]) => choices.map((choice) => ({ ...choice, isShared }))),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...ALIASES), value).map(([name, at]) => [alias(name, at)]) },
);

const shared = fc.tuple(fc.constantFrom(...LISTS), fc.constantFrom(TYPE.PTR, TYPE.TXT), value);

export const wish: fc.Arbitrary<Wish> = fc.record({
  unique: uniqueSet,
  shared: fc.array(
    shared.map(([name, type, at]) => ({ name, type, value: at })),
    { maxLength: 2 },
  ),
  ttl: fc.constantFrom(...TTLS),
});

export const question: fc.Arbitrary<Question> = fc
  .oneof(
    fc.tuple(fc.constantFrom(...HOSTS, OPEN), fc.constantFrom(TYPE.A, TYPE.AAAA, TYPE.SRV, TYPE.ANY)),
    fc.tuple(fc.constantFrom(...ALIASES), fc.constantFrom(TYPE.A, TYPE.SRV, TYPE.ANY, TYPE.CNAME)),
    fc.tuple(fc.constantFrom(...LISTS), fc.constantFrom(TYPE.PTR, TYPE.TXT, TYPE.ANY)),
  )
  .map(([name, type]) => ({ name: Name.parse(name), type, class: CLASS.IN, unicast: false }));

/** A record that somebody may have. */
export const anyRecord: fc.Arbitrary<ResourceRecord> = fc
  .oneof(
    fc.constantFrom(...HOSTS).chain(uniqueOf),
    shared.map(([name, type, at]) => ({ name, type, value: at })),
  )
  .map((choice) => ownRecord(choice, Math.max(...TTLS)).record);

/** The same records whoever wants them: one of a name's unique values is never probed for. */
export function recordsOf({ unique, shared: others, ttl }: Wish): readonly OwnRecord[] {
  return [...unique, ...others].map((choice) => ownRecord(choice, ttl));
}

function uniqueOf(name: string): fc.Arbitrary<Choice> {
  return fc
    .tuple(fc.constantFrom(TYPE.A, TYPE.A, TYPE.AAAA, TYPE.SRV), value)
    .map(([type, at]) => ({ name, type, value: at }));
}

function alias(name: string, at: number): Choice {
  return { name, type: TYPE.CNAME, value: at };
}

function ownRecord({ name, type, value: at, isShared = isOf(LISTS, name) }: Choice, ttl: number): OwnRecord {
  const ownership = isShared ? "shared" : at === VALUES - 1 ? "known-unique" : "unique";
  const record = { name: Name.parse(name), type, class: CLASS.IN, flush: !isShared, ttl, data: dataOf(type, at) };
  return { record, ownership };
}

/** The same records, but that others may have those of a name that may be either, or may not any more. */
export function withOtherOwnership(records: readonly OwnRecord[]): readonly OwnRecord[] {
  return records.map((own) => {
    const { record, ownership } = own;
    if (record.name.toString() !== OPEN) return own;
    return ownership === "shared"
      ? { record: { ...record, flush: true }, ownership: "unique" }
      : { record: { ...record, flush: false }, ownership: "shared" };
  });
}

/** Who may have records of a name at the same time: programs of all hosts, those of one, or one alone. */
export function holdersOf(name: Name): "all" | "host" | "one" {
  const text = name.toString();
  return isOf(LISTS, text) ? "all" : isOf(HOSTS, text) ? "host" : "one";
}

function isOf(names: readonly string[], name: string): boolean {
  return names.includes(name);
}

function dataOf(type: number, at: number): RecordData {
  const target = Name.parse(TARGETS[at % TARGETS.length] as string);
  switch (type) {
    case TYPE.A:
      return { kind: "address", address: `10.78.0.${at}` };
    case TYPE.AAAA:
      return { kind: "address", address: `fd78::${at + 1}` };
    case TYPE.SRV:
      return { kind: "srv", priority: 0, weight: 0, port: 80 + at, target };
    case TYPE.TXT:
      return { kind: "txt", strings: [Uint8Array.of(0x61 + at)] };
    default:
      return { kind: "name", target };
  }
}
