// node tools/build.mjs [FOLDER]: what the package ships, into FOLDER instead of dist.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const WIRE = { name: "wire", test: /[\\/]wire[\\/]|[\\/]node_modules[\\/]/ };

const LIBRARY = { format: "es", chunkFileNames: "chunks/[name]-[hash].js", codeSplitting: { groups: [WIRE] } };

/** Node starts a CommonJS program 8 ms sooner, and each file costs a start half a millisecond: so they are, and few. */
const COMMANDS = {
  format: "cjs",
  chunkFileNames: "cli/[name]-[hash].js",
  codeSplitting: {
    groups: [
      WIRE,
      { name: "mdns", test: /[\\/](mdns|udp)[\\/]/ },
      { name: "cli", test: /[\\/]cli[\\/][^\\/]+$/, minShareCount: 2 },
    ],
  },
};

const root = fileURLToPath(new URL("../", import.meta.url));
const out = resolve(process.argv[2] ?? join(root, "dist"));
const { bin, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const commands = Object.values(bin).map(inFolder);
const modules = Object.values(exports).flatMap((target) => (target.default ? [inFolder(target.default)] : []));

rmSync(out, { recursive: true, force: true });
declare();
keepLicences([...(await bundle(modules, LIBRARY)), ...(await bundle(commands, COMMANDS))]);
writeFileSync(join(out, "cli/package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
for (const command of commands) chmodSync(join(out, command), 0o755); // one that is linked, as npx does, runs after each build

/** @param {string} path in the manifest */
function inFolder(path) {
  return path.replace(/^(\.\/)?dist\//, "");
}

function declare() {
  const compiler = join(root, "node_modules/typescript/bin/tsc");
  const { status } = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json", "--outDir", out], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/**
 * What several programs load is one file that they share, so that a class is the same by each way to it. The code of
 * dependencies goes in as well: to import a CommonJS package, Node has to find and to parse it, which takes 10 ms.
 * @returns the paths of all that went in
 */
async function bundle(/** @type {string[]} */ programs, /** @type {import("rolldown").OutputOptions} */ form) {
  const sources = programs.map((path) => [path.replace(/\.js$/, ""), join(root, "src", path.replace(/\.js$/, ".ts"))]);
  const { output } = await build({
    cwd: root,
    input: Object.fromEntries(sources),
    external: /^node:/,
    platform: "node",
    transform: { target: "node20.19" },
    output: {
      ...form,
      dir: out,
      comments: false,
      sourcemap: true,
      sourcemapExcludeSources: true, // the package holds src
    },
  });
  return output.flatMap((file) => (file.type === "chunk" ? file.moduleIds : []));
}

/** Who copies from a package has to pass on its licence. */
function keepLicences(/** @type {string[]} */ paths) {
  const packages = new Set(paths.flatMap((path) => /[\\/]node_modules[\\/]([^\\/]+)[\\/]/.exec(path)?.[1] ?? []));
  mkdirSync(join(out, "licenses"));
  for (const name of packages) {
    writeFileSync(join(out, "licenses", `${name}.txt`), readFileSync(join(root, "node_modules", name, "LICENSE")));
  }
}
