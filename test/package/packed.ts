import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TSC = join(ROOT, "node_modules/typescript/bin/tsc");
const SHIPPED = ["package.json", "README.md", "LICENSE", "CHANGELOG.md", "SECURITY.md", "man", "src"];
const BUILDING = ["tools/build.mjs", "tools/compile-commands.ts", "tsconfig.json", "tsconfig.build.json"];

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The package as it would be published, built from the source as it is now, in a project that depends on it. */
export class Packed {
  /** The project. */
  readonly folder: string;
  /** Paths in the package. */
  readonly files: readonly string[];
  readonly #root: string = mkdtempSync(join(tmpdir(), "earshot-package-"));

  constructor() {
    this.folder = join(this.#root, "consumer");
    try {
      this.files = this.#install(this.#pack());
    } catch (error) {
      this.remove();
      throw error;
    }
  }

  /** Paths in the package of the files that a source map names. */
  sourcesOf(map: string): readonly string[] {
    const { sources } = JSON.parse(readFileSync(join(this.folder, "node_modules/earshot", map), "utf8"));
    return sources.map((source: string) => posix.join(posix.dirname(map), source));
  }

  /** Runs Node in the project. */
  node(...args: readonly string[]): Ran {
    return spawnSync(process.execPath, args, { cwd: this.folder, encoding: "utf8", timeout: 60_000 });
  }

  /** Type-checks files of the project; what is wrong with them. */
  typeCheck(files: readonly string[], options: readonly string[]): string {
    const strict = ["--noEmit", "--strict", "--target", "es2023", "--lib", "es2023,esnext.disposable"];
    const { stdout, stderr } = this.node(TSC, ...strict, "--types", "node", ...options, ...files);
    return stdout + stderr;
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  #pack(): string {
    const source = join(this.#root, "source");
    for (const path of [...SHIPPED, ...BUILDING]) cpSync(join(ROOT, path), join(source, path), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(source, "node_modules"), "junction");
    run(process.execPath, join(source, "tools/build.mjs"));
    const npm = ["pack", source, "--pack-destination", this.#root, "--ignore-scripts", "--offline", "--silent"];
    return join(this.#root, run("npm", ...npm).trim());
  }

  #install(tarball: string): readonly string[] {
    const modules = join(this.folder, "node_modules");
    const target = join(modules, "earshot");
    mkdirSync(target, { recursive: true });
    run("tar", "-xzf", tarball, "--strip-components=1", "-C", target);
    const { dependencies } = JSON.parse(readFileSync(join(target, "package.json"), "utf8"));
    for (const name of [...Object.keys(dependencies), "@types/node"]) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(ROOT, "node_modules", name), join(modules, name), "junction");
    }
    const listed = run("tar", "-tzf", tarball).trim().split("\n");
    return listed.map((path) => path.replace(/^package\//, "")).sort();
  }
}

function run(command: string, ...args: readonly string[]): string {
  return execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 120_000 });
}
