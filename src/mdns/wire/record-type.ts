import { toString as tableName, toType as tableNumber } from "dns-packet/types.js";

/**
 * Record types by name.
 * @enum
 * @see RFC 1035 §3.2.2 and the IANA registry of DNS parameters
 */
export const TYPE = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  HINFO: 13,
  MX: 15,
  TXT: 16,
  RP: 17,
  AFSDB: 18,
  RT: 21,
  SIG: 24,
  KEY: 25,
  PX: 26,
  AAAA: 28,
  SRV: 33,
  NAPTR: 35,
  KX: 36,
  DNAME: 39,
  OPT: 41,
  RRSIG: 46,
  NSEC: 47,
  SVCB: 64,
  HTTPS: 65,
  TKEY: 249,
  TSIG: 250,
  ANY: 255,
} as const;

const NAME_OF_TYPE: ReadonlyMap<number, string> = new Map(Object.entries(TYPE).map(([name, type]) => [type, name]));
const TYPE_OF_NAME: ReadonlyMap<string, number> = new Map(Object.entries(TYPE));
const UNKNOWN = /^TYPE(\d{1,5})$/;

/** The type's name, or `TYPE` and its number. RFC 3597 §5 */
export function typeName(type: number): string {
  const known = NAME_OF_TYPE.get(type) ?? tableName(type);
  return known.startsWith("UNKNOWN_") ? `TYPE${type}` : known;
}

/** The number of a type given as its name or as `TYPE` and its number, in any case; `undefined` for any other text. */
export function typeNumber(name: string): number | undefined {
  const upper = name.toUpperCase();
  const known = TYPE_OF_NAME.get(upper);
  if (known !== undefined) return known;
  const unknown = UNKNOWN.exec(upper);
  if (unknown !== null) return Number(unknown[1]) <= 0xffff ? Number(unknown[1]) : undefined;
  return upper.startsWith("UNKNOWN_") ? undefined : tableNumber(upper) || undefined;
}

/**
 * Whether the class word of such a record is no class: these are parts of the message, never cached and never matched
 * against questions.
 * @see RFC 6891 §6.1.2 (OPT), RFC 8945 (TSIG), RFC 2930 (TKEY), RFC 2931 (SIG)
 */
export function isPseudoType(type: number): boolean {
  return type === TYPE.OPT || type === TYPE.TSIG || type === TYPE.TKEY || type === TYPE.SIG;
}
