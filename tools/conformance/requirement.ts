/** Why no test proves a requirement: `reason` for good, `open` until somebody writes one. */
export interface Note {
  readonly kind: "reason" | "open";
  readonly text: string;
}

export interface Requirement {
  readonly id: string;
  readonly source: string;
  readonly level: string;
  readonly text: string;
  readonly note: Note | undefined;
}

export interface Group {
  readonly letter: string;
  readonly title: string;
  readonly requirements: readonly Requirement[];
}

/** @throws Error naming file and line when a row is malformed */
export function parseRequirements(letter: string, file: string, tsv: string): Requirement[] {
  return rows(tsv).map((cells, index) => {
    const [id = "", source = "", level = "", text = "", note = ""] = cells;
    const place = `${file}:${index + 2}`;
    if (cells.length !== 5) throw new Error(`${place}: ${cells.length} columns, not 5`);
    const expected = `${letter}-${String(index + 1).padStart(2, "0")}`;
    if (id !== expected) throw new Error(`${place}: "${id}" where ${expected} is due`);
    if (source === "" || level === "" || text === "") throw new Error(`${place}: an empty column`);
    return { id, source, level, text, note: parseNote(note, place) };
  });
}

export function parseGroupList(tsv: string): { letter: string; file: string; title: string }[] {
  return rows(tsv).map(([letter = "", file = "", title = ""]) => ({ letter, file, title }));
}

/** The same rows without the `open` notes of what is proven by now. */
export function withoutAnsweredNotes(tsv: string, proven: ReadonlySet<string>): string {
  return tsv.replace(/^(([A-Z]-\d\d)\t.*\t)open: .*$/gm, (line, kept: string, id: string) =>
    proven.has(id) ? kept : line,
  );
}

function parseNote(note: string, place: string): Note | undefined {
  if (note === "") return undefined;
  const [, kind, text] = /^(reason|open): (\S.*)$/.exec(note) ?? [];
  if (text === undefined) throw new Error(`${place}: a note is "reason: …" or "open: …", not "${note}"`);
  return { kind: kind as Note["kind"], text };
}

function rows(tsv: string): string[][] {
  const lines = tsv.split("\n").slice(1);
  return lines.filter((line) => line !== "").map((line) => line.split("\t"));
}
