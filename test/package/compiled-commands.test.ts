import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { compiledPath } from "../../src/cli/launch/compiled-code.ts";

const FOLDER = fileURLToPath(new URL("../../dist/cli", import.meta.url));

/** Says of each file whether V8 takes what the build compiled. */
const TRY = `
const { readFileSync } = require("node:fs");
const { Script } = require("node:vm");
for (const [path, compiled] of JSON.parse(process.argv[1])) {
  const source = require("node:module").wrap(readFileSync(path, "utf8"));
  const { cachedDataRejected } = new Script(source, { filename: path, cachedData: readFileSync(compiled) });
  console.log(cachedDataRejected ? "compiled again" : "taken");
}`;

test("the commands load all with require, as their launcher has nothing else", () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith(".js"));
  const importing = files.filter((name) => /\bimport\(/.test(readFileSync(join(FOLDER, name), "utf8")));
  expect(importing).toEqual([]);
});

test("Node takes what the build compiled of the commands, and does not compile them again", () => {
  const commands = readdirSync(FOLDER).filter((name) => /^mdns-[a-z]+\.js$/.test(name));
  const files = readdirSync(join(FOLDER, "compiled", basename(join(compiledPath(join(FOLDER, "any")), ".."))));
  const programs = files.filter((name) => commands.some((command) => name.startsWith(command.replace(".js", "-"))));
  expect(programs).toHaveLength(commands.length);
  const pairs = files.map((name) => [join(FOLDER, name), compiledPath(join(FOLDER, name))]);
  const said = execFileSync(process.execPath, ["-e", TRY, JSON.stringify(pairs)], { encoding: "utf8" });
  expect(said.trim().split("\n")).toEqual(files.map(() => "taken"));
});
