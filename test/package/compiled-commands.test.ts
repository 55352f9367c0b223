import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { compiledFolder } from "../../src/cli/launch/compiled-code.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const COMMANDS = join(ROOT, "dist/cli");

/** Says of each file whether V8 takes what was compiled of it. */
const TRY = `
const { readFileSync } = require("node:fs");
const { Script } = require("node:vm");
for (const [path, compiled] of JSON.parse(process.argv[1])) {
  const source = require("node:module").wrap(readFileSync(path, "utf8"));
  const { cachedDataRejected } = new Script(source, { filename: path, cachedData: readFileSync(compiled) });
  console.log(cachedDataRejected ? "compiled again" : "taken");
}`;

const FILES = readdirSync(COMMANDS).filter((name) => name.endsWith(".js"));
const LAUNCHERS = FILES.filter((name) => /^mdns-[a-z]+\.js$/.test(name));
const PROGRAMS = FILES.filter((name) => !LAUNCHERS.includes(name));

test("the commands load all with require, as their launcher has nothing else", () => {
  const importing = FILES.filter((name) => /\bimport\(/.test(readFileSync(join(COMMANDS, name), "utf8")));
  expect(LAUNCHERS).toHaveLength(4);
  expect(importing).toEqual([]);
});

test("this Node takes what it compiled of the commands, and does not compile them again", () => {
  const folder = mkdtempSync(join(tmpdir(), "earshot-compiled-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of PROGRAMS) cpSync(join(COMMANDS, name), join(folder, name));
  const tsx = join(ROOT, "node_modules/tsx/dist/cli.mjs");
  execFileSync(process.execPath, [tsx, "tools/compile-commands.ts", folder], { cwd: ROOT });
  const pairs = PROGRAMS.map((name) => [join(folder, name), join(compiledFolder(folder), name)]);
  const said = execFileSync(process.execPath, ["-e", TRY, JSON.stringify(pairs)], { encoding: "utf8" });
  expect(said.trim().split("\n")).toEqual(PROGRAMS.map(() => "taken"));
});

test("the build compiled every program of a command, for the Node that built", () => {
  const [node = "", ...others] = readdirSync(join(COMMANDS, "compiled"));
  expect(others).toEqual([]);
  expect(readdirSync(join(COMMANDS, "compiled", node))).toEqual(PROGRAMS);
});
