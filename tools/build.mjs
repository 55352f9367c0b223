// node tools/build.mjs [FOLDER]: what the package ships, into FOLDER instead of dist.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "rolldown";

const WIRE = { name: "wire", test: /[\\/]wire[\\/]|[\\/]node_modules[\\/]/ };

const LIBRARY = { format: "es", chunkFileNames: "chunks/[name]-[hash].js", codeSplitting: { groups: [WIRE] } };

/**
 * Node starts a CommonJS program 8 ms sooner, and each file costs a start half a millisecond: so they are, and few. Their
 * names change with what is in them, which the compiled code counts on.
 */
const COMMANDS = {
  format: "cjs",
  entryFileNames: "[name]-[hash].js",
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
const commands = Object.values(bin).map(moduleName);
const modules = Object.values(exports).flatMap((target) => (target.default ? [moduleName(target.default)] : []));

rmSync(out, { recursive: true, force: true });
run("typescript/bin/tsc", "-p", "tsconfig.build.json", "--outDir", out);
const library = await bundle(programs(modules), LIBRARY);
const cli = await bundle(programs(commands), COMMANDS);
keepLicences([...library, ...cli].flatMap(({ moduleIds }) => moduleIds));
writeFileSync(join(out, "cli/package.json"), `${JSON.stringify({ type: "commonjs" })}\n`);
run("tsx/dist/cli.mjs", "tools/compile-commands.ts", join(out, "cli"));
for (const command of commands) await launcher(command, cli);

/** @param {string} path in the manifest */
function moduleName(path) {
  return path.replace(/^(\.\/)?dist\//, "").replace(/\.js$/, "");
}

function run(/** @type {string} */ program, /** @type {string[]} */ ...args) {
  const path = join(root, "node_modules", program);
  const { status } = spawnSync(process.execPath, [path, ...args], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}

/** @returns the source of each, by its name */
function programs(/** @type {string[]} */ names) {
  return Object.fromEntries(names.map((name) => [name, join(root, "src", `${name}.ts`)]));
}

/** What is started, and runs the program of a command. */
async function launcher(/** @type {string} */ name, /** @type {import("rolldown").OutputChunk[]} */ chunks) {
  const program = chunks.find((chunk) => chunk.isEntry && chunk.name === name);
  if (program === undefined) throw new Error(`there is no program for ${name}`);
  const input = { [name]: join(root, "src/cli/launch/launch.ts") };
  const define = { PROGRAM: JSON.stringify(basename(program.fileName)) };
  await bundle(input, { format: "cjs", banner: "#!/usr/bin/env node" }, define);
  chmodSync(join(out, `${name}.js`), 0o755); // one that is linked, as npx does, runs after each build
}

/**
 * What several programs load is one file that they share, so that a class is the same by each way to it. The code of
 * dependencies goes in as well: to import a CommonJS package, Node has to find and to parse it, which takes 10 ms.
 * @param {Record<string, string>} input
 * @param {import("rolldown").OutputOptions} form
 * @param {Record<string, string>} [define]
 */
async function bundle(input, form, define = {}) {
  const { output } = await build({
    cwd: root,
    input,
    external: /^node:/,
    platform: "node",
    transform: { target: "node20.19", define },
    output: {
      ...form,
      dir: out,
      comments: false,
      sourcemap: true,
      sourcemapExcludeSources: true, // the package holds src
    },
  });
  return output.filter((file) => file.type === "chunk");
}

/** Who copies from a package has to pass on its licence. */
function keepLicences(/** @type {string[]} */ paths) {
  const packages = new Set(paths.flatMap((path) => /[\\/]node_modules[\\/]([^\\/]+)[\\/]/.exec(path)?.[1] ?? []));
  mkdirSync(join(out, "licenses"));
  for (const name of packages) {
    writeFileSync(join(out, "licenses", `${name}.txt`), readFileSync(join(root, "node_modules", name, "LICENSE")));
  }
}
