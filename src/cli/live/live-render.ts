import { displayWidth, fitted } from "../display-width.ts";
import { type Paint, PLAIN } from "../paint.ts";
import { printable, printableName } from "../printable.ts";
import { TYPE_NAMES } from "../type-names.ts";
import { detailLines } from "./live-details.ts";
import { cursorAt, freshNote, type LiveModel, type LiveRow, NEWS_TIME, visibleRows } from "./live-model.ts";

const KEYS = "up/down select   Enter details   / filter   q quit";
const FILTER_KEYS = "type to filter   Enter keep   Esc clear";
const ADDRESS_WIDTH = 15; // any IPv4 address; wide screens give it a fifth, up to a whole IPv6 address
const INTERFACE_WIDTH = 8;
const TIME_WIDTH = 4;
const LEAST_LIST = 4; // lines above the details: a heading, the row, and what is next to it
const NARROW = 60; // with fewer columns, all go to what a service is called and where it is

/** The screen as `height` lines of `width` columns; the model alone decides what is on it. */
export function render(model: LiveModel, width: number, height: number, paint: Paint = PLAIN): string[] {
  const body = Math.max(0, height - 3);
  const room = Math.max(Math.floor(body / 2), body - LEAST_LIST);
  const details = model.showsDetails ? cut(detailLines(model, width), room) : [];
  return [
    paint("inverse", fitted(title(model), width)),
    paint("dim", fitted(columns(width, "  NAME", "HOST", "ADDRESS", "IFACE", "AGE", "TTL"), width)),
    ...list(model, width, body - details.length, paint),
    ...details.map((line) => fitted(line, width)),
    paint("inverse", fitted(footer(model), width)),
  ].slice(0, height);
}

function cut(lines: readonly string[], room: number): readonly string[] {
  if (lines.length <= room) return lines;
  const kept = lines.slice(0, Math.max(0, room - 1));
  return [...kept, `… ${counted(lines.length - kept.length, "more line")}; a larger window shows them`].slice(0, room);
}

function title({ rows, filter }: LiveModel): string {
  const here = rows.filter((row) => row.news !== "down");
  const types = new Set(here.map((row) => row.service.type)).size;
  const text = ` mdns-browse   ${counted(here.length, "service")}, ${counted(types, "type")}`;
  return filter === "" ? text : `${text}   showing "${printable(filter)}"`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function footer(model: LiveModel): string {
  if (model.isTypingFilter) return ` /${printable(model.filter)}_   ${FILTER_KEYS}`;
  const note = freshNote(model);
  if (note !== undefined) return ` ${printable(note)}`;
  const rows = visibleRows(model);
  const where = rows.length > 0 ? `${cursorAt(model) + 1} of ${rows.length}` : `${model.rows.length} hidden`;
  return ` ${model.rows.length === 0 ? "listening" : where}   ${KEYS}`;
}

/** What stands where no row is. */
function emptyText({ rows, filter, note }: LiveModel): string {
  if (rows.length > 0) return `  Nothing has "${printable(filter)}" in it; Esc shows all.`;
  return `  ${printable(note?.text ?? "No service yet; mdns-monitor shows whether other hosts are heard at all.")}`;
}

/** As many lines around the cursor as there is room for; the heading of the first one's group stays in sight. */
function list(model: LiveModel, width: number, height: number, paint: Paint): string[] {
  const rows = visibleRows(model);
  const entries = withHeadings(rows);
  const cursor = entries.indexOf(rows[cursorAt(model)] as LiveRow);
  const top = Math.max(0, Math.min(cursor - Math.floor(height / 2), entries.length - height));
  const shown = entries.slice(top, top + height).map((entry, index) => {
    const group = "service" in entry && index === 0 && cursor > top ? headingAbove(entries, top) : entry;
    if (!("service" in group)) return paint("cyan", fitted(heading(group), width));
    return rowLine(group, model.now, width, top + index === cursor, paint);
  });
  if (rows.length === 0 && height > 0) shown.push(paint("dim", fitted(emptyText(model), width)));
  return [...shown, ...Array.from({ length: height - shown.length }, () => " ".repeat(width))];
}

interface Heading {
  readonly type: string;
  readonly count: number;
}

function withHeadings(rows: readonly LiveRow[]): readonly (LiveRow | Heading)[] {
  const counts = new Map<string, number>();
  for (const { service } of rows) counts.set(service.type, (counts.get(service.type) ?? 0) + 1);
  return rows.flatMap((row, index) => {
    const { type } = row.service;
    const isFirst = rows[index - 1]?.service.type !== type;
    return isFirst ? [{ type, count: counts.get(type) ?? 0 }, row] : [row];
  });
}

function headingAbove(entries: readonly (LiveRow | Heading)[], at: number): LiveRow | Heading {
  return entries.slice(0, at).findLast((entry) => !("service" in entry)) ?? (entries[at] as LiveRow);
}

function heading({ type, count }: Heading): string {
  const words = TYPE_NAMES.get(type);
  return `${printable(type)}${words === undefined ? "" : `  ${words}`} (${count})`;
}

function rowLine(row: LiveRow, now: number, width: number, isSelected: boolean, paint: Paint): string {
  const { service } = row;
  const isNews = now - row.newsAt < NEWS_TIME;
  const sign = row.news === "down" ? "-" : !isNews ? " " : row.news === "up" ? "+" : "=";
  const line = fitted(
    columns(
      width,
      `${sign}${isSelected ? ">" : " "}${printable(service.name)}`,
      `${printableName(service.host.replace(/\.local$/i, ""))}:${service.port}`,
      service.addresses[0] ?? "",
      service.links.map((link) => printable(link.interface)).join(","),
      shortTime((now - row.firstSeen) / 1_000),
      row.news === "down" ? "" : shortTime(secondsLeft(row, now)),
    ),
    width,
  );
  if (isSelected) return paint("inverse", line);
  if (row.news === "down") return paint("dim", line);
  return sign === " " ? line : paint(row.news === "up" ? "green" : "yellow", line);
}

function columns(
  width: number,
  name: string,
  host: string,
  address: string,
  interfaces: string,
  age: string,
  ttl: string,
): string {
  if (width < NARROW) {
    const hostWidth = Math.floor(width * 0.4);
    return `${fitted(name, width - hostWidth - 1)} ${fitted(host, hostWidth)}`;
  }
  const addressWidth = Math.max(ADDRESS_WIDTH, Math.min(39, Math.floor(width / 5)));
  const rest = Math.max(0, width - addressWidth - INTERFACE_WIDTH - 2 * TIME_WIDTH - 5);
  const hostWidth = Math.floor(rest * 0.4);
  return [
    fitted(name, rest - hostWidth),
    fitted(host, hostWidth),
    fitted(address, addressWidth),
    fitted(interfaces, INTERFACE_WIDTH),
    right(age, TIME_WIDTH),
    right(ttl, TIME_WIDTH),
  ].join(" ");
}

function right(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - displayWidth(text))) + text;
}

function secondsLeft({ service }: LiveRow, now: number): number {
  return Math.max(0, ...service.links.map(({ ttl, received }) => ttl - (now - received) / 1_000));
}

/** At most four characters: `59s`, `59m`, `23h`, `999d`. */
function shortTime(seconds: number): string {
  if (seconds < 60) return `${Math.floor(seconds)}s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)}m`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)}h`;
  return `${Math.min(999, Math.floor(seconds / 86_400))}d`;
}
