/** Why a text is no JSON, and where, as far as the parser tells: `Expected ':' after property name (line 2, column 7)`. */
export function jsonFault(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, reason, position] = /^(.*?)(?: in JSON)? at position (\d+)/s.exec(message) ?? [];
  if (reason === undefined || position === undefined) return message;
  const before = text.slice(0, Number(position)).split("\n");
  return `${reason} (line ${before.length}, column ${(before.at(-1) ?? "").length + 1})`;
}
