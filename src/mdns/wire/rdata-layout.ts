import { TYPE } from "./record-type.ts";

/** What stands in the rdata of a type that holds names: a count of plain bytes, a name, or a string with its length. */
export type RdataField = number | "name" | "string";

const ONE_NAME: readonly RdataField[] = ["name"];
const TWO_NAMES: readonly RdataField[] = ["name", "name"];
const PREFERENCE_NAME: readonly RdataField[] = [2, "name"];

/**
 * The types kept as bytes whose rdata holds names; bytes after the last field are plain.
 * Older senders compress names in types that newer rules forbid, so each is read. RFC 3597 §4, RFC 6762 §18.14
 */
const LAYOUTS: ReadonlyMap<number, readonly RdataField[]> = new Map<number, readonly RdataField[]>([
  [3, ONE_NAME], // MD
  [4, ONE_NAME], // MF
  [TYPE.SOA, TWO_NAMES],
  [7, ONE_NAME], // MB
  [8, ONE_NAME], // MG
  [9, ONE_NAME], // MR
  [14, TWO_NAMES], // MINFO
  [TYPE.MX, PREFERENCE_NAME],
  [TYPE.RP, TWO_NAMES],
  [TYPE.AFSDB, PREFERENCE_NAME],
  [TYPE.RT, PREFERENCE_NAME],
  [TYPE.SIG, [18, "name"]],
  [TYPE.PX, [2, "name", "name"]],
  [30, ONE_NAME], // NXT
  [TYPE.NAPTR, [4, "string", "string", "string", "name"]],
  [TYPE.KX, PREFERENCE_NAME],
  [TYPE.RRSIG, [18, "name"]],
  [TYPE.SVCB, PREFERENCE_NAME],
  [TYPE.HTTPS, PREFERENCE_NAME],
]);

/** RFC 6762 §18.14: the types in whose rdata names are compressed, and no others. */
const COMPRESSED: ReadonlySet<number> = new Set<number>([
  TYPE.NS,
  TYPE.CNAME,
  TYPE.PTR,
  TYPE.DNAME,
  TYPE.SOA,
  TYPE.MX,
  TYPE.AFSDB,
  TYPE.RT,
  TYPE.KX,
  TYPE.RP,
  TYPE.PX,
  TYPE.SRV,
  TYPE.NSEC,
]);

/** The fields of a type that is kept as bytes, if it holds names. */
export function rdataLayout(type: number): readonly RdataField[] | undefined {
  return LAYOUTS.get(type);
}

/** In legacy unicast the rules of plain DNS hold for SRV and NSEC. RFC 6762 §18.14, RFC 4034 §4.1.1 */
export function compressesRdata(type: number, mode: "multicast" | "legacy"): boolean {
  if (mode === "legacy" && (type === TYPE.SRV || type === TYPE.NSEC)) return false;
  return COMPRESSED.has(type);
}
