// tsx tools/compile-commands.ts FOLDER: what V8 makes of the CommonJS files there, for the Node that runs this.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setFlagsFromString } from "node:v8";
import { compiledFolder, scriptOf } from "../src/cli/launch/compiled-code.ts";

const folder = resolve(process.argv[2] ?? "dist/cli");
const names = readdirSync(folder).filter((name) => name.endsWith(".js"));

// Else V8 would leave every function for its first call. The flag must not be set when the data is made: it is in its key.
setFlagsFromString("--no-lazy");
const scripts = names.map((name) => ({ name, script: scriptOf(join(folder, name)) }));
setFlagsFromString("--lazy");

const target = compiledFolder(folder);
mkdirSync(target, { recursive: true });
for (const { name, script } of scripts) writeFileSync(join(target, name), script.createCachedData());
