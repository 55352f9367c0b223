import { parseAddress } from "./address.ts";
import { toByteString } from "./byte-string.ts";
import { Name } from "./name.ts";
import { bitmapBytes } from "./nsec.ts";
import type { PacketBuffer } from "./packet-buffer.ts";
import { compressesRdata, rdataLayout } from "./rdata-layout.ts";
import type { RecordData, ResourceRecord } from "./record.ts";
import { TYPE, typeName } from "./record-type.ts";
import { TxtData } from "./txt-data.ts";
import { WireError } from "./wire-error.ts";

/** How names inside rdata are written: as multicast DNS does, as plain DNS does, or never compressed. */
export type Compression = "multicast" | "legacy" | "none";

/**
 * Writes the rdata of a record, without its length.
 * @throws {@link WireError} for data that cannot be written
 */
export function writeRdata(out: PacketBuffer, record: ResourceRecord, compression: Compression): void {
  const { data, type } = record;
  const compress = compression !== "none" && compressesRdata(type, compression);
  switch (data.kind) {
    case "address":
      writeAddress(out, data.address, type);
      break;
    case "name":
      writeName(out, data.target, compress);
      break;
    case "srv":
      out.uint16(checkUint16(data.priority, "SRV priority"));
      out.uint16(checkUint16(data.weight, "SRV weight"));
      out.uint16(checkUint16(data.port, "SRV port"));
      writeName(out, data.target, compress);
      break;
    case "txt":
      if (data instanceof TxtData) out.byteString(data.rdata);
      else writeStrings(out, data.strings);
      break;
    case "nsec":
      for (const denied of data.types) checkUint16(denied, "NSEC type");
      writeName(out, data.next, compress);
      out.raw(bitmapBytes(data.types));
      break;
    case "opt":
      for (const option of data.options) {
        out.uint16(checkUint16(option.code, "OPT option code"));
        out.uint16(checkUint16(option.data.length, "OPT option length"));
        out.raw(option.data);
      }
      break;
    case "opaque":
      if (compress) writeOpaque(out, type, data.bytes);
      else out.raw(data.bytes);
      break;
    default:
      throw unknownKind(data);
  }
}

function writeName(out: PacketBuffer, name: Name, compress: boolean): void {
  if (compress) out.compressedName(name);
  else out.name(name);
}

const parsed = new Uint8Array(16);

function writeAddress(out: PacketBuffer, address: string, type: number): void {
  const size = parseAddress(address, parsed);
  if (size !== (type === TYPE.A ? 4 : type === TYPE.AAAA ? 16 : size)) {
    throw new WireError("ERR_WIRE_ADDRESS", `"${address}" is not an address for a record of type ${typeName(type)}`);
  }
  for (let at = 0; at < size; at++) out.byte(parsed[at] as number);
}

function writeStrings(out: PacketBuffer, strings: readonly Uint8Array[]): void {
  if (strings.length === 0) out.byte(0); // RFC 6763 §6.1: never empty
  for (const string of strings) {
    if (string.length > 255) {
      throw new WireError("ERR_WIRE_RDATA", `A TXT string must have at most 255 bytes, not ${string.length}`);
    }
    out.string(string);
  }
}

/** Compresses the names within uncompressed rdata; bytes that do not fit the layout are written as they are. */
function writeOpaque(out: PacketBuffer, type: number, bytes: Uint8Array): void {
  const names = opaqueNames(type, bytes);
  let at = 0;
  for (const { start, end } of names) {
    out.raw(bytes.subarray(at, start));
    out.compressedName(Name.fromWire(toByteString(bytes, start, end - 1)));
    at = end;
  }
  out.raw(bytes.subarray(at));
}

/** Where names stand in uncompressed rdata of a type that is kept as bytes; none if the bytes do not fit the type. */
export function opaqueNames(
  type: number,
  bytes: Uint8Array,
): readonly { readonly start: number; readonly end: number }[] {
  const names: { start: number; end: number }[] = [];
  let at = 0;
  for (const field of rdataLayout(type) ?? []) {
    const start = at;
    if (field === "name") {
      for (let length = bytes[at]; length !== 0; length = bytes[at]) {
        if (length === undefined || length > 63) return [];
        at += length + 1;
      }
      at += 1;
      if (at - start > 256) return [];
      names.push({ start, end: at });
    } else {
      at += field === "string" ? 1 + (bytes[at] ?? 0) : field;
    }
  }
  return at <= bytes.length ? names : [];
}

/** @throws {@link WireError} `ERR_WIRE_FIELD` for a number that 16 bits cannot hold */
export function checkUint16(value: number, field: string): number {
  if (Number.isInteger(value) && value >= 0 && value <= 0xffff) return value;
  throw new WireError("ERR_WIRE_FIELD", `${field} must be an integer from 0 to 65535, not ${value}`);
}

function unknownKind(data: never): WireError {
  return new WireError("ERR_WIRE_RDATA", `Record data has no kind "${(data as RecordData).kind}"`);
}
