import { type RecordData, typeName } from "../mdns/index.ts";
import { hex, utf8Text } from "./byte-text.ts";
import { printable, printableName } from "./printable.ts";

/** The data of a record as in a zone file; unknown types as `\# 4 c0000207` (RFC 3597 §5). */
export function recordText(data: RecordData): string {
  switch (data.kind) {
    case "address":
      return data.address;
    case "name":
      return printableName(data.target.toString());
    case "srv":
      return `${data.priority} ${data.weight} ${data.port} ${printableName(data.target.toString())}`;
    case "txt":
      return data.strings.map(quoted).join(" ") || '""';
    case "nsec":
      return [printableName(data.next.toString()), ...data.types.map(typeName)].join(" ");
    case "opaque":
      return `\\# ${data.bytes.length} ${hex(data.bytes)}`.trimEnd();
    case "opt":
      return data.options.map(({ code, data: bytes }) => `${code}:${hex(bytes)}`).join(" ");
  }
}

function quoted(bytes: Uint8Array): string {
  const text = utf8Text(bytes);
  if (text === undefined) return `0x${hex(bytes)}`;
  return `"${printable(text.replace(/["\\]/g, "\\$&"))}"`;
}
