import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compiledFolder, scriptOf } from "../../../src/cli/launch/compiled-code.ts";
import { Program } from "../../../src/cli/launch/program.ts";

const RESULT = Symbol.for("earshot.test.program");
const DONE = `const done = (value) => { globalThis[Symbol.for("earshot.test.program")] = value; };`;

describe("Program", () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "earshot-program-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
    Reflect.deleteProperty(globalThis, RESULT);
  });

  function write(name: string, code: string): string {
    const path = join(folder, name);
    writeFileSync(path, code);
    return path;
  }

  function compiled(path: string, bytes: Uint8Array): void {
    mkdirSync(compiledFolder(folder), { recursive: true });
    writeFileSync(join(compiledFolder(folder), basename(path)), bytes);
  }

  /** What the file hands out by `done(value)`. */
  function result(name: string): unknown {
    new Program(folder).load(name);
    return Reflect.get(globalThis, RESULT);
  }

  test("loads files of its folder once each, also in a circle, and modules of Node", () => {
    write("main.js", `${DONE} const a = require("./a.js"); const b = require("./b.js"); done([a.name(), b.a === a]);`);
    write("a.js", `const b = require("./b.js"); exports.name = () => "a " + b.name;`);
    write("b.js", `exports.a = require("./a.js"); exports.name = require("node:path").basename(__filename);`);
    expect(result("main.js")).toEqual(["a b.js", true]);
  });

  test("lets a file replace what it exports", () => {
    write("main.js", `${DONE} done(require("./a.js")(__dirname));`);
    write("a.js", "module.exports = (folder) => [folder];");
    expect(result("main.js")).toEqual([folder]);
  });

  test("throws what a file throws, with the place in it", () => {
    const path = write("main.js", `\n\nthrow new Error("at the start");`);
    let stack = "";
    try {
      new Program(folder).load("main.js");
    } catch (error) {
      stack = (error as Error).stack ?? "";
    }
    expect(stack).toContain(`${path}:3:7`);
  });

  test("runs with what was compiled before", () => {
    const path = write("main.js", `${DONE} done("compiled");`);
    compiled(path, scriptOf(path).createCachedData());
    expect(result("main.js")).toBe("compiled");
  });

  test("compiles again what V8 does not take", () => {
    for (const bytes of [Buffer.alloc(0), Buffer.alloc(4_096), Buffer.from("not what V8 wrote".repeat(100))]) {
      const path = write("main.js", `${DONE} done(${bytes.length});`); // V8 remembers what this process compiled
      compiled(path, bytes);
      expect(result("main.js")).toBe(bytes.length);
    }
  });
});
