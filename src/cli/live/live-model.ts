import type { ChangeKind, Service } from "../../mdns/index.ts";
import { TYPE_NAMES } from "../type-names.ts";

/** How long a row shows that it came, changed or left, in milliseconds. */
export const NEWS_TIME = 5_000;

/** How long a note stands where the keys are explained, in milliseconds. */
const NOTE_TIME = 10_000;

/** As people count: "Lamp 2" comes before "Lamp 10". */
const NAMES = new Intl.Collator("en", { numeric: true });

/** One service on the screen. */
export interface LiveRow {
  readonly service: Service;
  /** What happened to it last; gone rows leave the screen when that is old. */
  readonly news: ChangeKind;
  /** When that was, in milliseconds on the clock of `performance.now()`, as all times here. */
  readonly newsAt: number;
  readonly firstSeen: number;
}

/** All that the screen shows. A value: each function below gives a new one. */
export interface LiveModel {
  /** By type, then by name. */
  readonly rows: readonly LiveRow[];
  /** Only rows whose name, type (in words, too), host or addresses contain it are shown. */
  readonly filter: string;
  readonly isTypingFilter: boolean;
  /** The full name of the row under the cursor; until that is moved, `undefined` for whichever is the first. */
  readonly selected: string | undefined;
  readonly showsDetails: boolean;
  /** What the person at the terminal was told last, and when. */
  readonly note: { readonly text: string; readonly at: number } | undefined;
  readonly now: number;
}

export const EMPTY: LiveModel = {
  rows: [],
  filter: "",
  isTypingFilter: false,
  selected: undefined,
  showsDetails: false,
  note: undefined,
  now: 0,
};

/** The rows that pass the filter. */
export function visibleRows({ rows, filter }: LiveModel): readonly LiveRow[] {
  const wanted = filter.toLowerCase();
  if (wanted === "") return rows;
  return rows.filter(({ service: { name, type, host, addresses } }) =>
    [name, type, TYPE_NAMES.get(type) ?? "", host, ...addresses].some((text) => text.toLowerCase().includes(wanted)),
  );
}

/** A service came, changed or left. */
export function withChange(model: LiveModel, kind: ChangeKind, service: Service, now: number): LiveModel {
  const before = model.rows.find((row) => row.service.fullName === service.fullName);
  const isBack = before === undefined || (before.news === "down" && kind === "up");
  const row: LiveRow = { service, news: kind, newsAt: now, firstSeen: isBack ? now : before.firstSeen };
  return keepCursor(model, { ...model, rows: withRow(model.rows, before, row), now });
}

/** The rows with one replaced or, in its place in the order, added. */
function withRow(rows: readonly LiveRow[], before: LiveRow | undefined, row: LiveRow): readonly LiveRow[] {
  if (before !== undefined) return rows.with(rows.indexOf(before), row);
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (byTypeThenName(rows[middle] as LiveRow, row) < 0) low = middle + 1;
    else high = middle;
  }
  return rows.toSpliced(low, 0, row);
}

/** Time has passed: rows of services that left some seconds ago disappear. */
export function withTime(model: LiveModel, now: number): LiveModel {
  const rows = model.rows.filter((row) => row.news !== "down" || now - row.newsAt < NEWS_TIME);
  return keepCursor(model, { ...model, rows, now });
}

/** The place of the cursor among the visible rows, -1 when there are none. */
export function cursorAt(model: LiveModel): number {
  const rows = visibleRows(model);
  if (rows.length === 0) return -1;
  return Math.max(
    0,
    rows.findIndex((row) => row.service.fullName === model.selected),
  );
}

/** The cursor moves by so many rows. */
export function withCursorMoved(model: LiveModel, steps: number): LiveModel {
  const rows = visibleRows(model);
  const next = Math.max(0, Math.min(rows.length - 1, cursorAt(model) + steps));
  return { ...model, selected: rows[next]?.service.fullName };
}

/** Details of the row under the cursor, if there is one, which stays there from now on. */
export function withDetails(model: LiveModel, showsDetails: boolean): LiveModel {
  const kept = withCursorMoved(model, 0);
  return { ...kept, showsDetails: showsDetails && kept.selected !== undefined };
}

export function withFilter(model: LiveModel, filter: string, isTypingFilter: boolean): LiveModel {
  return keepCursor(model, { ...model, filter, isTypingFilter });
}

/** Something that is no service is to be said. */
export function withNote(model: LiveModel, text: string, now: number): LiveModel {
  return { ...model, note: { text, at: now }, now };
}

/** The note while it is fresh. */
export function freshNote({ note, now }: LiveModel): string | undefined {
  return note !== undefined && now - note.at < NOTE_TIME ? note.text : undefined;
}

/** The cursor stays on its row; when that is gone, on the one that took its place. */
function keepCursor(before: LiveModel, model: LiveModel): LiveModel {
  if (model.selected === undefined) return model;
  const rows = visibleRows(model);
  if (rows.some((row) => row.service.fullName === model.selected)) return model;
  const selected = rows[Math.min(cursorAt(before), rows.length - 1)]?.service.fullName;
  return { ...model, selected, showsDetails: model.showsDetails && selected !== undefined };
}

function byTypeThenName({ service: a }: LiveRow, { service: b }: LiveRow): number {
  return byCode(a.type, b.type) || NAMES.compare(a.name, b.name) || byCode(a.fullName, b.fullName);
}

function byCode(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
