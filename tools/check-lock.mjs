// npm writes a lock file without the platform packages that a registry lacks; `npm ci` then fails elsewhere.
import { readFileSync } from "node:fs";

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const present = new Set(Object.keys(packages).map((key) => key.replace(/^.*node_modules\//, "")));
const missing = Object.values(packages)
  .flatMap((entry) => Object.keys(entry.optionalDependencies ?? {}))
  .filter((name) => !present.has(name));
if (missing.length > 0) {
  process.stderr.write(`missing from package-lock.json:\n${missing.join("\n")}\n`);
  process.exitCode = 1;
}
