import type { Service } from "../../mdns/index.ts";
import type { ChangeKind } from "../service-json.ts";

/** How long a row shows that it came, changed or left, in milliseconds. */
export const NEWS_TIME = 5_000;

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
  /** Only rows whose name, type, host or addresses contain it are shown. */
  readonly filter: string;
  readonly isTypingFilter: boolean;
  /** The full name of the row under the cursor. */
  readonly selected: string | undefined;
  readonly showsDetails: boolean;
  readonly now: number;
}

export const EMPTY: LiveModel = {
  rows: [],
  filter: "",
  isTypingFilter: false,
  selected: undefined,
  showsDetails: false,
  now: 0,
};

/** The rows that pass the filter. */
export function visibleRows({ rows, filter }: LiveModel): readonly LiveRow[] {
  const wanted = filter.toLowerCase();
  if (wanted === "") return rows;
  return rows.filter(({ service: { name, type, host, addresses } }) =>
    [name, type, host, ...addresses].some((text) => text.toLowerCase().includes(wanted)),
  );
}

/** A service came, changed or left. */
export function withChange(model: LiveModel, kind: ChangeKind, service: Service, now: number): LiveModel {
  const before = model.rows.find((row) => row.service.fullName === service.fullName);
  const isBack = before === undefined || (before.news === "down" && kind === "up");
  const row: LiveRow = { service, news: kind, newsAt: now, firstSeen: isBack ? now : before.firstSeen };
  return keepCursor({ ...model, rows: withRow(model.rows, before, row), now });
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
  return keepCursor({ ...model, rows, now });
}

/** The cursor moves by so many rows. */
export function withCursorMoved(model: LiveModel, steps: number): LiveModel {
  const rows = visibleRows(model);
  const at = rows.findIndex((row) => row.service.fullName === model.selected);
  const next = Math.max(0, Math.min(rows.length - 1, at + steps));
  return { ...model, selected: rows[next]?.service.fullName };
}

export function withFilter(model: LiveModel, filter: string, isTypingFilter: boolean): LiveModel {
  return keepCursor({ ...model, filter, isTypingFilter });
}

/** The cursor stays on its row, or goes to the first one when that is no longer there. */
function keepCursor(model: LiveModel): LiveModel {
  const rows = visibleRows(model);
  const isThere = rows.some((row) => row.service.fullName === model.selected);
  if (isThere) return model;
  const selected = rows[0]?.service.fullName;
  return { ...model, selected, showsDetails: model.showsDetails && selected !== undefined };
}

function byTypeThenName(a: LiveRow, b: LiveRow): number {
  const [left, right] = [a, b].map(({ service }) => [service.type, service.name.toLowerCase(), service.fullName]);
  for (const [index, text] of (left ?? []).entries()) {
    const other = right?.[index] ?? "";
    if (text !== other) return text < other ? -1 : 1;
  }
  return 0;
}
