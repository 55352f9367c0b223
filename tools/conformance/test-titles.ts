const CALLS = new Set(["describe", "it", "suite", "test"]);
const NO_PROOF = new Set(["fails", "skip", "todo"]);
const TOKEN =
  /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`|[\w$]+|\s+|[\s\S]/g;

/** The literal titles of the tests in a source text, those left out whose test does not run or should fail. */
export function testTitles(source: string): string[] {
  const tokens = (source.match(TOKEN) ?? []).filter((token) => !/^(?:\s|\/\/|\/\*)/.test(token));
  const titles: string[] = [];
  for (const [index, token] of tokens.entries()) {
    if (!CALLS.has(token) || tokens[index - 1] === ".") continue;
    const title = titleAt(tokens, index + 1);
    if (title !== undefined) titles.push(title);
  }
  return titles;
}

/** Follows `.each(…)("title"`, `.skipIf(…)("title"` and the like to the title. */
function titleAt(tokens: readonly string[], start: number): string | undefined {
  let at = start;
  while (tokens[at] === ".") {
    if (NO_PROOF.has(tokens[at + 1] ?? "")) return undefined;
    at += 2;
    if (tokens[at]?.startsWith("`")) at += 1;
    else if (tokens[at] === "(" && tokens[afterParentheses(tokens, at)] === "(") at = afterParentheses(tokens, at);
  }
  return tokens[at] === "(" ? literal(tokens[at + 1]) : undefined;
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
