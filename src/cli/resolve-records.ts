import { type FoundRecord, type Mdns, typeName, typeNumber } from "../mdns/index.ts";
import { hex } from "./byte-text.ts";
import { printable } from "./printable.ts";
import { recordText } from "./record-text.ts";
import type { Absence, ResolveResult } from "./resolve-result.ts";
import type { Target } from "./resolve-target.ts";

type RecordsTarget = Target & { readonly kind: "records" };

/** Several hosts may hold records of the name: this long after the last answer, in milliseconds, no more are awaited. */
const SETTLED = 600;
const MOST_RECORDS = 1_000;

/** What nobody can deny: any type, the denial itself, and the pointers of a name that many share. RFC 6762 §6.1 */
const UNDENIED: ReadonlySet<number | undefined> = new Set(["ANY", "NSEC", "PTR"].map(typeNumber));
const CNAME = typeNumber("CNAME");

/** Asks for records until no more come, the owner of the name says that there are none, or the time is over. */
export async function findRecords(
  mdns: Mdns,
  target: RecordsTarget,
  options: { readonly timeout: number; readonly signal: AbortSignal },
): Promise<ResolveResult | Absence> {
  const found = new Map<string, FoundRecord>();
  const deniedOn = new Set<string>();
  const type = recordNumber(target.type);
  const browser = mdns.query(target.name, target.type, { immediate: true });
  // Not at once: what answers the question above tends to hold the denial, and then this one need not be sent.
  const denials = UNDENIED.has(type) ? undefined : mdns.query(target.name, "NSEC");
  await new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, options.timeout);
    let settled: NodeJS.Timeout | undefined;
    const settleIn = (time: number): void => {
      clearTimeout(settled);
      settled = setTimeout(() => {
        clearTimeout(limit);
        resolve();
      }, time);
    };
    options.signal.addEventListener("abort", () => resolve(), { once: true });
    browser.on("up", (record) => {
      const key = `${record.name} ${record.type} ${hex(record.rdata)}`;
      if (found.size === MOST_RECORDS && !found.has(key)) return;
      found.set(key, record);
      denials?.close();
      settleIn(SETTLED);
    });
    denials?.on("up", ({ data, interface: heardOn }) => {
      if (data.kind !== "nsec") return;
      if (data.types.some((present) => present === type || present === CNAME)) return;
      deniedOn.add(heardOn);
      const everywhere = mdns.counters.links.every((link) => deniedOn.has(link.interface));
      settleIn(everywhere ? 0 : SETTLED);
    });
  });
  browser.close();
  denials?.close();
  if (found.size === 0) return deniedOn.size > 0 ? "denied" : "absent";
  const records = [...found.values()];
  return {
    lines: records.map(({ type, data }) => `${printable(target.asked)}\t${type}\t${recordText(data)}`),
    json: { query: target.asked, records: records.map(recordJson) },
  };
}

/** The type asked for, however it was typed. */
export function askedType({ type }: RecordsTarget): string {
  const number = recordNumber(type);
  return number === undefined ? `${type}` : typeName(number);
}

function recordNumber(type: string | number): number | undefined {
  return typeof type === "number" ? type : typeNumber(type);
}

function recordJson({ name, type, ttl, data, rdata, interface: heardOn }: FoundRecord): object {
  return { name, type, ttl, data: recordText(data), rdata: Buffer.from(rdata).toString("base64"), interface: heardOn };
}
