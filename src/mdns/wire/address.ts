import { WireError } from "./wire-error.ts";

/** The text of the IPv4 address at `start`. */
export function formatIpv4(bytes: Uint8Array, start: number): string {
  return `${bytes[start]}.${bytes[start + 1]}.${bytes[start + 2]}.${bytes[start + 3]}`;
}

/** The text of the IPv6 address at `start`. RFC 5952 §4, §5 */
export function formatIpv6(bytes: Uint8Array, start: number): string {
  const groups: number[] = [];
  for (let at = start; at < start + 16; at += 2) groups.push(((bytes[at] as number) << 8) | (bytes[at + 1] as number));
  const gap = longestZeroRun(groups);
  if (gap.start === 0 && gap.end === 5 && groups[5] === 0xffff) return `::ffff:${formatIpv4(bytes, start + 12)}`;
  if (gap.end - gap.start < 2) return joinGroups(groups, 0, 8);
  return `${joinGroups(groups, 0, gap.start)}::${joinGroups(groups, gap.end, 8)}`;
}

function joinGroups(groups: readonly number[], start: number, end: number): string {
  let text = "";
  for (let at = start; at < end; at++) text += (at === start ? "" : ":") + (groups[at] as number).toString(16);
  return text;
}

/** The first of the longest runs of zero groups. RFC 5952 §4.2.3 */
function longestZeroRun(groups: readonly number[]): { start: number; end: number } {
  let best = { start: 0, end: 0 };
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (groups[end] === 0) end++;
    if (end - start > best.end - best.start) best = { start, end };
    if (end > start) start = end;
  }
  return best;
}

/**
 * The 4 or 16 bytes of an address.
 * @throws {@link WireError} `ERR_WIRE_ADDRESS` for anything else, an address with a zone included
 */
export function parseAddress(text: string): Uint8Array {
  const bytes = text.includes(":") ? parseIpv6(text) : parseIpv4(text);
  if (bytes === undefined) throw new WireError("ERR_WIRE_ADDRESS", `"${text}" is not an IPv4 or IPv6 address`);
  return Uint8Array.from(bytes);
}

const DECIMAL = /^(?:0|[1-9]\d{0,2})$/;

function parseIpv4(text: string): number[] | undefined {
  const parts = text.split(".");
  const bytes = parts.map((part) => (DECIMAL.test(part) ? Number(part) : 256));
  return bytes.length === 4 && bytes.every((byte) => byte < 256) ? bytes : undefined;
}

function parseIpv6(text: string): number[] | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const left = parseGroups(halves[0] as string, { mayEndDotted: halves.length === 1 });
  const right = parseGroups(halves[1] ?? "", { mayEndDotted: true });
  if (left === undefined || right === undefined) return undefined;
  const missing = 16 - left.length - right.length;
  if (halves.length === 2 ? missing < 2 : missing !== 0) return undefined;
  return [...left, ...new Array<number>(missing).fill(0), ...right];
}

const HEX = /^[0-9a-f]{1,4}$/i;

function parseGroups(text: string, options: { mayEndDotted: boolean }): number[] | undefined {
  const bytes: number[] = [];
  if (text === "") return bytes;
  const groups = text.split(":");
  for (const [index, group] of groups.entries()) {
    const mapped = options.mayEndDotted && index === groups.length - 1 ? parseIpv4(group) : undefined;
    if (mapped !== undefined) bytes.push(...mapped);
    else if (HEX.test(group)) bytes.push(Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff);
    else return undefined;
  }
  return bytes;
}
