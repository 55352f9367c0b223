import type { Avahi } from "./avahi.ts";
import type { Program, Wait } from "./program.ts";

/** One line of `avahi-browse --parsable`: `+` found, `=` resolved, `-` gone. */
export interface BrowseLine {
  readonly sign: "+" | "-" | "=";
  readonly interface: string;
  readonly family: "IPv4" | "IPv6";
  readonly name: string;
  readonly type: string;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** As printed: each string in quotes. */
  readonly txt: string;
}

/** Avahi's view of one service type. */
export class AvahiBrowse {
  readonly program: Program;

  constructor(avahi: Avahi, type: string) {
    // avahi-browse leaves the flushing to its C library, which does so only for a terminal.
    this.program = avahi.client("stdbuf", "-oL", "avahi-browse", "--resolve", "--parsable", "--no-db-lookup", type);
  }

  /** Everything printed so far. */
  get lines(): BrowseLine[] {
    return parseLines(this.program);
  }

  /** The first line that has all of `fields` and passes `test`. */
  async expect(
    fields: Partial<BrowseLine>,
    test: (line: BrowseLine) => boolean = () => true,
    wait?: Wait,
  ): Promise<BrowseLine> {
    const find = (text: string): BrowseLine | undefined => {
      const line = parseBrowseLine(text);
      return line !== undefined && hasAll(line, fields) && test(line) ? line : undefined;
    };
    return await this.program.expect(`Avahi sees ${JSON.stringify(fields)}`, find, wait);
  }

  /** To be given as `after`, so that only what comes from now on counts. */
  get mark(): number {
    return this.program.lines.length;
  }
}

/** Browses anew until Avahi resolves the instance to `fields`: avahi-browse tells of no change to what it resolved. */
export async function expectResolved(
  avahi: Avahi,
  type: string,
  name: string,
  fields: Partial<BrowseLine>,
): Promise<void> {
  let seen: BrowseLine[] = [];
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    const program = avahi.client("avahi-browse", "--resolve", "--parsable", "--no-db-lookup", "--terminate", type);
    await program.ended;
    seen = parseLines(program).filter((line) => line.sign === "=" && line.name === name);
    if (seen.length > 0 && seen.every((line) => hasAll(line, fields))) return;
  }
  const [wanted, got] = [fields, seen].map((value) => JSON.stringify(value));
  throw new Error(`Avahi resolves ${name} to ${wanted}: not within 10 s, but to ${got}`);
}

function hasAll(line: BrowseLine, fields: Partial<BrowseLine>): boolean {
  return Object.entries(fields).every(([key, value]) => line[key as keyof BrowseLine] === value);
}

function parseLines(program: Program): BrowseLine[] {
  return program.lines.map(parseBrowseLine).filter((line) => line !== undefined);
}

function parseBrowseLine(line: string): BrowseLine | undefined {
  const match = /^([-+=]);([^;]+);(IPv[46]);([^;]*);([^;]*);[^;]*(?:;([^;]*);([^;]*);(\d*);(.*))?$/.exec(line);
  if (match === null) return undefined;
  const [, sign, interfaceName = "", family, name = "", type = "", host = "", address = "", port, txt = ""] = match;
  return {
    sign: sign as BrowseLine["sign"],
    interface: interfaceName,
    family: family as BrowseLine["family"],
    name: unescapeName(name),
    type,
    host,
    address,
    port: Number(port),
    txt,
  };
}

/** Undoes `\DDD` (a byte in decimal) and `\x` (the character x). */
function unescapeName(text: string): string {
  const bytes: number[] = [];
  const pattern = /\\(\d{3})|\\(.)|([^\\]+)/gs;
  for (const [, decimal, escaped, plain] of text.matchAll(pattern)) {
    if (decimal !== undefined) bytes.push(Number(decimal));
    else bytes.push(...Buffer.from(escaped ?? plain ?? ""));
  }
  return Buffer.from(bytes).toString("utf8");
}
