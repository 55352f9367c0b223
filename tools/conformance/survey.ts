import { readdirSync, readFileSync } from "node:fs";
import { collectProofs, type Proofs } from "./proof.ts";
import { type Group, parseGroupList, parseRequirements } from "./requirement.ts";

export const ROOT: URL = new URL("../../", import.meta.url);
export const PAGE = "docs/conformance.md";

export interface Survey {
  readonly groups: readonly Group[];
  readonly proofs: Proofs;
  /** Path and content of each list. */
  readonly lists: readonly { readonly path: string; readonly tsv: string }[];
}

export function read(path: string): string {
  return readFileSync(new URL(path, ROOT), "utf8");
}

/** The lists and the tests as they lie in the working tree. */
export function survey(): Survey {
  const entries = parseGroupList(read("conformance/groups.tsv")).map(({ letter, file, title }) => {
    const path = `conformance/${file}`;
    return { letter, title, path, tsv: read(path) };
  });
  return {
    groups: entries.map(({ letter, title, path, tsv }) => ({
      letter,
      title,
      requirements: parseRequirements(letter, path, tsv),
    })),
    proofs: collectProofs(testFiles().map((file) => ({ file, text: read(file) }))),
    lists: entries,
  };
}

/** The tests of this very survey cite requirements that are made up. */
const NO_PROOFS = "test/conformance/";

function testFiles(): string[] {
  return readdirSync(new URL("test/", ROOT), { recursive: true, encoding: "utf8" })
    .map((path) => `test/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".test.ts") && !path.startsWith(NO_PROOFS))
    .sort();
}
