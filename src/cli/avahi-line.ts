import type { Service } from "../mdns/index.ts";
import { TYPE_NAMES } from "./type-names.ts";

export interface AvahiStyle {
  /** The `=` lines with host, address, port and TXT. */
  readonly resolved: boolean;
  /** Well-known types in words. */
  readonly typeNames: boolean;
}

/** One service on one link over one IP version: what avahi-browse has a line for. */
export interface AvahiRow {
  readonly service: Service;
  readonly protocol: "IPv4" | "IPv6";
}

/** The lines of `avahi-browse -p` for a service that came or changed. */
export function avahiUpLines(row: AvahiRow, isNew: boolean, style: AvahiStyle): string[] {
  const lines = isNew ? [head("+", row, style)] : [];
  if (!style.resolved) return lines;
  const { host, addresses, port, txt } = row.service;
  const address = (addresses[0] ?? "").replace(/%.*$/, "");
  return [...lines, [head("=", row, style), escapeText(host), address, port, txtColumn(txt.strings)].join(";")];
}

/** The line of `avahi-browse -p` for a service that left. */
export function avahiDownLine(row: AvahiRow, style: AvahiStyle): string {
  return head("-", row, style);
}

function head(sign: string, { service, protocol }: AvahiRow, style: AvahiStyle): string {
  const type = (style.typeNames ? TYPE_NAMES.get(service.type) : undefined) ?? service.type;
  return [sign, service.interface, protocol, escapeText(instanceText(service)), type, service.domain].join(";");
}

/** The instance in the text form of names, where bytes that are no text have not been replaced as in `name`. */
function instanceText({ fullName, type, domain }: Service): string {
  return fullName.slice(0, -`.${type}.${domain}`.length);
}

/** Letters, digits, `_` and `-` stay; dot and backslash get a backslash; every other byte is `\DDD`. */
function escapeLabel(name: string): string {
  return Array.from(Buffer.from(name, "utf8"), (byte) => {
    const character = String.fromCharCode(byte);
    if (/[\w-]/.test(character)) return character;
    return character === "." || character === "\\" ? `\\${character}` : decimal(byte);
  }).join("");
}

/** The text form of a name, label by label; what has its backslash already, as a dot in a label has, keeps it. */
function escapeText(text: string): string {
  return text.replace(/(\\\d{3}|\\.|\.)|[^\\.]+/gsu, (label, kept?: string) => kept ?? escapeLabel(label));
}

/** From the last string to the first, as avahi-browse has them. */
function txtColumn(strings: readonly Uint8Array[]): string {
  return strings
    .toReversed()
    .filter(({ length }) => length > 0)
    .map((bytes) => `"${Array.from(bytes, escapeTxtByte).join("")}"`)
    .join(" ");
}

function escapeTxtByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === '"' || character === "\\") return `\\${character}`;
  return byte >= 0x20 && byte < 0x7f ? character : decimal(byte);
}

function decimal(byte: number): string {
  return `\\${byte.toString().padStart(3, "0")}`;
}
