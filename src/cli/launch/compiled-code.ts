import { readFileSync, statSync } from "node:fs";
import Module from "node:module";
import { basename, dirname, join } from "node:path";
import { Script } from "node:vm";

/** A CommonJS file without `import()`, ready to run; with `compiled`, what V8 made of it before. */
export function scriptOf(path: string, compiled?: Buffer): Script {
  const source = Module.wrap(readFileSync(path, "utf8"));
  return new Script(source, { filename: path, ...(compiled === undefined ? {} : { cachedData: compiled }) });
}

/**
 * Where the build puts what V8 made of a file. V8 trusts all but its head and length: it is for the very Node that made it, and the name
 * of the file changes with its source.
 */
export function compiledPath(path: string): string {
  const node = `${process.version}-${process.arch}-${statSync(process.execPath).mtimeMs}`;
  return join(dirname(path), "compiled", node, basename(path));
}

/** `undefined` where the build was made by another Node, or elsewhere. */
export function compiledCode(path: string): Buffer | undefined {
  try {
    return readFileSync(compiledPath(path));
  } catch {
    return undefined;
  }
}
