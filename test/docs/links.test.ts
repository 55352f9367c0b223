import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { page, pages, ROOT } from "./markdown.ts";

/** What follows `](` in links that stay within the repository: file and anchor, either of which may be empty. */
function links(file: string): readonly { readonly target: string; readonly anchor: string }[] {
  const found = page(file).matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)/g);
  return Array.from(found, ([, target = "", anchor = ""]) => ({ target, anchor }));
}

function anchors(file: string): readonly string[] {
  return Array.from(page(file).matchAll(/^#+ (.*)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

test.each(pages())("%s: every relative link leads somewhere", (file) => {
  const targets = links(file).map(({ target }) => target);
  expect(targets.filter((target) => !existsSync(join(ROOT, dirname(file), target)))).toEqual([]);
});

test.each(pages())("%s: every anchor is a heading", (file) => {
  const wrong = links(file).filter(({ target, anchor }) => {
    if (anchor === "") return false;
    return !anchors(target === "" ? file : join(dirname(file), target)).includes(anchor);
  });
  expect(wrong).toEqual([]);
});
