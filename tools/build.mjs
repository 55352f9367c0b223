// node tools/build.mjs [FOLDER]: what the package ships, into FOLDER instead of dist.
import { spawnSync } from "node:child_process";
import { chmodSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

/** Each file costs a start half a millisecond: what the commands share is one, and holds no other layer. */
const SHARED = [
  { name: "wire", test: /[\\/]wire[\\/]/ },
  { name: "cli", test: /[\\/]cli[\\/][^\\/]+$/, minShareCount: 2 },
];

const root = fileURLToPath(new URL("../", import.meta.url));
const out = resolve(process.argv[2] ?? join(root, "dist"));
const { bin, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const commands = Object.values(bin).map(inFolder);
const modules = Object.values(exports).flatMap((target) => (target.default ? [inFolder(target.default)] : []));

rmSync(out, { recursive: true, force: true });
declare();
await bundle([...modules, ...commands]);
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

/** What several programs load is one file that they share, so that a class is the same by each way to it. */
async function bundle(/** @type {string[]} */ programs) {
  const sources = programs.map((path) => [path.replace(/\.js$/, ""), join(root, "src", path.replace(/\.js$/, ".ts"))]);
  await build({
    cwd: root,
    input: Object.fromEntries(sources),
    external: /^[^./]/,
    platform: "node",
    transform: { target: "node20.19" },
    output: {
      dir: out,
      chunkFileNames: "chunks/[name]-[hash].js",
      codeSplitting: { groups: SHARED },
      comments: false,
      sourcemap: true,
      sourcemapExcludeSources: true, // the package holds src
    },
  });
}
