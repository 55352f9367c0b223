import { createRequire } from "node:module";
import { join } from "node:path";
import { compiledCode, compiledFolder, scriptOf } from "./compiled-code.ts";

interface CommonJsModule {
  exports: unknown;
}

type Factory = (
  exports: unknown,
  require: (id: string) => unknown,
  module: CommonJsModule,
  path: string,
  folder: string,
) => void;

/** Loads CommonJS files as Node does, but with the code that the build compiled: that saves a fifth of a start. */
export class Program {
  readonly #folder: string;
  readonly #compiled: string;
  readonly #requireBuiltin: NodeJS.Require;
  readonly #modules = new Map<string, CommonJsModule>();

  constructor(folder: string) {
    this.#folder = folder;
    this.#compiled = compiledFolder(folder);
    this.#requireBuiltin = createRequire(join(folder, "any.js"));
  }

  load(name: string): unknown {
    const path = join(this.#folder, name);
    const known = this.#modules.get(path);
    if (known !== undefined) return known.exports;
    const loaded: CommonJsModule = { exports: {} };
    this.#modules.set(path, loaded);
    const factory = scriptOf(path, compiledCode(join(this.#compiled, name))).runInThisContext() as Factory;
    const require = (id: string): unknown => (id.startsWith(".") ? this.load(id) : this.#requireBuiltin(id));
    factory(loaded.exports, require, loaded, path, this.#folder);
    return loaded.exports;
  }
}
