/** Whether `text` has wildcards, so that it is a pattern rather than a name. */
export function isGlob(text: string): boolean {
  return /[*?[\]]/.test(text);
}

/** Matches whole names: `*` any run of characters, `?` one, `[a-c]` and `[!a-c]` one of a set. */
export function globPattern(glob: string): RegExp {
  const source = glob.replace(/\*+|\?|\[!?[^\]]+\]|[\\^$.|+(){}[\]/]/g, (part) => {
    if (part.startsWith("*")) return ".*";
    if (part === "?") return ".";
    if (part.length > 1) return part.replace(/\\/g, "\\\\").replace(/^\[!/, "[^");
    return `\\${part}`;
  });
  return new RegExp(`^${source}$`);
}
