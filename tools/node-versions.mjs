// Runs tests on the newest Node of each later line: npm run test:node-versions -- [VITEST ARGUMENT...]
import { spawnSync } from "node:child_process";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const LINES = ["22", "24", "26"];
const root = fileURLToPath(new URL("../", import.meta.url));
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const given = process.argv.slice(2);
const tests = given.length > 0 ? given : ["--project", "unit", "--project", "net", "--project", "netns"];

const failed = LINES.filter((line) => {
  const folder = installed(line);
  process.stdout.write(`\n== Node ${line}\n`);
  const PATH = `${folder}${delimiter}${process.env.PATH}`;
  return run(join(folder, "node"), [vitest, "run", ...tests], { ...process.env, PATH }) !== 0;
});
if (failed.length > 0) {
  process.stderr.write(`failed on Node ${failed.join(", ")}\n`);
  process.exitCode = 1;
}

/** The folder of its command. */
function installed(/** @type {string} */ line) {
  const folder = join(root, "node_modules/.cache/node-versions", line);
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const quietly = ["--no-save", "--no-audit", "--no-fund", "--silent"];
  if (run("npm", ["install", ...quietly, "--prefix", folder, `${name}@${line}`]) !== 0) {
    throw new Error(`Node ${line} cannot be installed from ${name}@${line}`);
  }
  return join(folder, "node_modules", name, "bin");
}

function run(/** @type {string} */ command, /** @type {string[]} */ args, env = process.env) {
  return spawnSync(command, args, { cwd: root, env, stdio: "inherit" }).status;
}
