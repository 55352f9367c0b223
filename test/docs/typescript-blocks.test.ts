import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CodeBlock, codeBlocks, ROOT } from "./markdown.ts";

const COMPILER_OPTIONS = {
  noEmit: true,
  strict: true,
  target: "es2023",
  lib: ["es2023", "esnext.disposable"],
  module: "nodenext",
  moduleDetection: "force",
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  types: ["node"],
  typeRoots: [join(ROOT, "node_modules/@types")],
  paths: {
    earshot: [join(ROOT, "src/index.ts")],
    "earshot/udp": [join(ROOT, "src/udp/index.ts")],
    "earshot/mdns": [join(ROOT, "src/mdns/index.ts")],
    "earshot/wire": [join(ROOT, "src/mdns/wire/index.ts")],
  },
};

/** What the compiler says of the blocks, each a module of its own named for its place. */
function complaints(blocks: readonly Pick<CodeBlock, "place" | "code">[]): string {
  const folder = mkdtempSync(join(tmpdir(), "earshot-docs-"));
  try {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(
      join(folder, "tsconfig.json"),
      JSON.stringify({ compilerOptions: COMPILER_OPTIONS, include: ["*.ts", join(ROOT, "src/**/*.d.ts")] }),
    );
    for (const { place, code } of blocks) writeFileSync(join(folder, `${place.replace(/\W+/g, "-")}.ts`), code);
    const tsc = spawnSync(process.execPath, [join(ROOT, "node_modules/typescript/bin/tsc"), "-p", folder], {
      encoding: "utf8",
    });
    return tsc.stdout + tsc.stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test("every TypeScript block in the documents type-checks", { timeout: 120_000 }, () => {
  const blocks = codeBlocks("ts");
  expect(complaints(blocks)).toBe("");
  expect(blocks.length).toBeGreaterThan(8);
});

test("a block that uses what is not there is named with its place", { timeout: 120_000 }, () => {
  const code = 'import { Mdns } from "earshot";\n\nnew Mdns().find("_http._tcp");\n';
  expect(complaints([{ place: "docs/page.md:7", code }])).toMatch(/docs-page-md-7\.ts\(3,12\): error TS2339: .*'find'/);
});
