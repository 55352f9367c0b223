import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const ROOT: string = fileURLToPath(new URL("../../", import.meta.url));

export interface CodeBlock {
  /** Where it stands: `docs/guide.md:12`. */
  readonly place: string;
  readonly language: string;
  readonly code: string;
}

const FOLDERS = ["", "docs/", "examples/", "bench/"];

/** The pages that somebody wrote for readers. */
export function pages(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(ROOT + folder)
      .filter((file) => file.endsWith(".md"))
      .map((file) => folder + file),
  );
}

export function page(file: string): string {
  return readFileSync(ROOT + file, "utf8");
}

/** Every code block in the given language. */
export function codeBlocks(language: string): readonly CodeBlock[] {
  return pages()
    .flatMap((file) => {
      const text = page(file);
      return Array.from(text.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm), (match) => ({
        place: `${file}:${text.slice(0, match.index).split("\n").length + 1}`,
        language: match[1] ?? "",
        code: match[2] ?? "",
      }));
    })
    .filter((block) => block.language === language);
}
