// tsx tools/compile-commands.ts FOLDER...: what V8 makes of the CommonJS files there, for the Node that runs this.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { compiledPath, scriptOf } from "../src/cli/launch/compiled-code.ts";

// Else V8 would leave every function for its first call. The flag must not be set when the data is made: it is in its key.
setFlagsFromString("--no-lazy");
const files = process.argv.slice(2).flatMap(javaScriptIn);
const scripts = files.map((path) => ({ path, script: scriptOf(path) }));
setFlagsFromString("--lazy");

for (const { path, script } of scripts) {
  const target = compiledPath(path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, script.createCachedData());
}

function javaScriptIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".js"))
    .map((name) => resolve(join(folder, name)));
}
