const CALLS = new Set(["describe", "it", "suite", "test"]);
const NO_PROOF = new Set(["fails", "skip", "todo"]);
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|[\w$]+|\s+|[\s\S]/g;

/** IDs named in a text, such as `… (P-16, A-33)`; codes such as BC-11 are none. */
export function citedIds(text: string): string[] {
  return text.match(/(?<![\w-])[A-Z]-\d\d(?![\w-])/g) ?? [];
}

/**
 * The literal titles of the tests in a source text, those left out whose test does not run or should fail. Where a
 * table's rows name requirements that `%s` puts into the title, the title of each such row is added.
 */
export function testTitles(source: string): string[] {
  const tokens = (source.match(TOKEN) ?? []).filter((token) => !/^(?:\s|\/\/|\/\*)/.test(token));
  return tokens.flatMap((token, index) =>
    CALLS.has(token) && tokens[index - 1] !== "." ? titlesAt(tokens, index + 1) : [],
  );
}

/** Follows `.each(…)("title"`, `.skipIf(…)("title"` and the like to the title. */
function titlesAt(tokens: readonly string[], start: number): string[] {
  let at = start;
  const rows: string[] = [];
  if (tokens[at] === "<") at = tokens.indexOf("(", at);
  while (tokens[at] === ".") {
    if (NO_PROOF.has(tokens[at + 1] ?? "")) return [];
    at += 2;
    if (tokens[at] === "<") at = tokens.indexOf("(", at);
    if (tokens[at]?.startsWith("`")) at += 1;
    else if (tokens[at] === "(" && tokens[afterParentheses(tokens, at)] === "(") {
      const end = afterParentheses(tokens, at);
      rows.push(...tokens.slice(at, end).flatMap((token) => literal(token) ?? []));
      at = end;
    }
  }
  const title = tokens[at] === "(" ? literal(tokens[at + 1]) : undefined;
  if (title === undefined) return [];
  const cited = title.includes("%s") ? rows.filter((row) => citedIds(row).length > 0) : [];
  return [title, ...cited.map((row) => title.replace("%s", () => row))];
}

function afterParentheses(tokens: readonly string[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at++) {
    if (tokens[at] === "(") depth += 1;
    if (tokens[at] === ")") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return tokens.length;
}

function literal(token: string | undefined): string | undefined {
  if (token === undefined || !/^["'`]/.test(token)) return undefined;
  return token.slice(1, -1).replace(/\\(["'`\\$])/g, "$1");
}
