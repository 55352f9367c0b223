import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { page, ROOT } from "./markdown.ts";

const sources = readdirSync(`${ROOT}src`, { recursive: true, encoding: "utf8" });
const names = new Set(sources.map((path) => basename(path)));

test("every file and folder that ARCHITECTURE.md names is there", () => {
  const named = Array.from(page("ARCHITECTURE.md").matchAll(/`([\w./-]+(?:\.ts|\/))`/g), ([, path = ""]) => path);
  const isThere = (path: string): boolean =>
    path.includes("/") && !path.endsWith("/")
      ? existsSync(ROOT + path)
      : names.has(basename(path)) || existsSync(ROOT + path);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});

test("every folder of src/ has a row there", () => {
  const folders = sources
    .filter((path) => existsSync(`${ROOT}src/${path}/`))
    .map((path) => `src/${path.replaceAll("\\", "/")}/`);
  const rows = page("ARCHITECTURE.md");
  expect(folders.filter((folder) => folder.split("/").length <= 4 && !rows.includes(`\`${folder}\``))).toEqual([]);
});
