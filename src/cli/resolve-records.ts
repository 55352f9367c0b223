import type { FoundRecord, Mdns } from "../mdns/index.ts";
import { hex } from "./byte-text.ts";
import { printable } from "./printable.ts";
import { recordText } from "./record-text.ts";
import type { ResolveResult } from "./resolve-result.ts";
import type { Target } from "./resolve-target.ts";

/** Several hosts may hold records of the name: this long after the last answer, in milliseconds, no more are awaited. */
const SETTLED = 600;
const MOST_RECORDS = 1_000;

/** Asks for records until no more come or the time is over. */
export async function findRecords(
  mdns: Mdns,
  target: Target & { readonly kind: "records" },
  options: { readonly timeout: number; readonly signal: AbortSignal },
): Promise<ResolveResult | undefined> {
  const found = new Map<string, FoundRecord>();
  const browser = mdns.query(target.name, target.type, { immediate: true });
  await new Promise<void>((resolve) => {
    const limit = setTimeout(resolve, options.timeout);
    let settled: NodeJS.Timeout | undefined;
    options.signal.addEventListener("abort", () => resolve(), { once: true });
    browser.on("up", (record) => {
      const key = `${record.name} ${record.type} ${hex(record.rdata)}`;
      if (found.size === MOST_RECORDS && !found.has(key)) return;
      found.set(key, record);
      clearTimeout(settled);
      settled = setTimeout(() => {
        clearTimeout(limit);
        resolve();
      }, SETTLED);
    });
  });
  browser.close();
  if (found.size === 0) return undefined;
  const records = [...found.values()];
  return {
    lines: records.map(({ type, data }) => `${printable(target.asked)}\t${type}\t${recordText(data)}`),
    json: { query: target.asked, records: records.map(recordJson) },
  };
}

function recordJson({ name, type, ttl, data, rdata, interface: heardOn }: FoundRecord): object {
  return { name, type, ttl, data: recordText(data), rdata: Buffer.from(rdata).toString("base64"), interface: heardOn };
}
