import { readFileSync, statSync } from "node:fs";
import Module from "node:module";
import { join } from "node:path";
import { Script } from "node:vm";

/** A CommonJS file without `import()`, ready to run; with `compiled`, what V8 made of it before. */
export function scriptOf(path: string, compiled?: Buffer): Script {
  const source = Module.wrap(readFileSync(path, "utf8"));
  return new Script(source, { filename: path, ...(compiled === undefined ? {} : { cachedData: compiled }) });
}

/**
 * Where the build puts what V8 made of the files of a folder, by their names, which change with their source. V8 checks
 * the head and the length of it and trusts the rest: it is for the very Node that made it.
 */
export function compiledFolder(folder: string): string {
  return join(folder, "compiled", `${process.version}-${process.arch}-${statSync(process.execPath).mtimeMs}`);
}

/** `undefined` where the build was made by another Node, or elsewhere. */
export function compiledCode(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
