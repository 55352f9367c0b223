import { formatIpv4, formatIpv6 } from "./address.ts";
import { copyBytes, fromByteString, toByteString } from "./byte-string.ts";
import { uint16 } from "./message-format.ts";
import type { NameReader } from "./name-reader.ts";
import { readTypeBitmap } from "./nsec.ts";
import type { PacketText } from "./packet-text.ts";
import { type RdataField, rdataLayout } from "./rdata-layout.ts";
import type { RecordData } from "./record.ts";
import { TYPE } from "./record-type.ts";
import { TxtData } from "./txt-data.ts";

/** A record's rdata within its message. */
export interface RdataSource {
  readonly bytes: Uint8Array;
  readonly text: PacketText;
  readonly names: NameReader;
}

/** Reads the rdata of a record, never past `end`; `undefined` if it is not laid out as its type demands. */
export function readRdata(source: RdataSource, type: number, start: number, end: number): RecordData | undefined {
  const { bytes } = source;
  switch (type) {
    case TYPE.A:
      return end - start === 4 ? { kind: "address", address: formatIpv4(bytes, start) } : undefined;
    case TYPE.AAAA:
      return end - start === 16 ? { kind: "address", address: formatIpv6(bytes, start) } : undefined;
    case TYPE.PTR:
    case TYPE.CNAME:
    case TYPE.NS:
    case TYPE.DNAME:
      return readTarget(source, start, end);
    case TYPE.SRV:
      return readSrv(source, start, end);
    case TYPE.TXT:
      return new TxtData(source.text.slice(start, wholeStringsEnd(bytes, start, end)));
    case TYPE.NSEC:
      return readNsec(source, start, end);
    case TYPE.OPT:
      return readOptions(bytes, start, end);
    default:
      return readOpaque(source, rdataLayout(type), start, end);
  }
}

function readTarget({ names }: RdataSource, start: number, end: number): RecordData | undefined {
  const target = names.read(start);
  return target === undefined || names.end !== end ? undefined : { kind: "name", target };
}

function readSrv({ bytes, names }: RdataSource, start: number, end: number): RecordData | undefined {
  if (end - start < 7) return undefined;
  const target = names.read(start + 6);
  if (target === undefined || names.end !== end) return undefined;
  return {
    kind: "srv",
    priority: uint16(bytes, start),
    weight: uint16(bytes, start + 2),
    port: uint16(bytes, start + 4),
    target,
  };
}

/** Where the last string that lies within TXT rdata ends. */
function wholeStringsEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let next = at; next <= end; next = at + 1 + (bytes[at] as number)) {
    at = next;
    if (at === end) break;
  }
  return at;
}

function readNsec({ bytes, names }: RdataSource, start: number, end: number): RecordData | undefined {
  const next = names.read(start);
  if (next === undefined || names.end > end) return undefined;
  const types = readTypeBitmap(bytes, names.end, end);
  return types && { kind: "nsec", next, types };
}

function readOptions(bytes: Uint8Array, start: number, end: number): RecordData | undefined {
  const options: { code: number; data: Uint8Array }[] = [];
  let at = start;
  while (at < end) {
    const next = at + 4 <= end ? at + 4 + uint16(bytes, at + 2) : end + 1;
    if (next > end) return undefined;
    options.push({ code: uint16(bytes, at), data: copyBytes(bytes, at + 4, next) });
    at = next;
  }
  return { kind: "opt", options };
}

function readOpaque(
  { bytes, names }: RdataSource,
  layout: readonly RdataField[] | undefined,
  start: number,
  end: number,
): RecordData | undefined {
  if (layout === undefined) return { kind: "opaque", bytes: copyBytes(bytes, start, end) };
  let plain = "";
  let at = start;
  for (const field of layout) {
    if (field === "name") {
      const name = names.read(at);
      if (name === undefined || names.end > end) return undefined;
      plain += `${name.wire}\0`;
      at = names.end;
    } else {
      const next = at + (field === "string" ? 1 + (bytes[at] ?? 0) : field);
      if (next > end) return undefined;
      plain += toByteString(bytes, at, next);
      at = next;
    }
  }
  return { kind: "opaque", bytes: fromByteString(plain + toByteString(bytes, at, end)) };
}
