import { readFileSync, writeFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Packed } from "./packed.ts";

const ENTRIES = ["earshot", "earshot/udp", "earshot/mdns", "earshot/wire"];
const { bin } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
const COMMANDS = Object.entries<string>(bin);
const noRequire = Reflect.get(process.features, "require_module")
  ? undefined
  : "this Node cannot require an ES module: it takes 20.19 or 22.12";

const CONSUMER = `
export async function firstPort(name: string): Promise<number | undefined> {
  const mdns = new Mdns({ families: ["ipv4"] });
  // @ts-expect-error the port is a number
  void (() => mdns.publish({ type: "_http._tcp", port: "80" }));
  const browser: Browser = mdns.browse("_http._tcp");
  browser.on("up", (service) => service.port.toFixed());
  for await (const change of browser) if (change.service.name === name) return change.service.port;
  await mdns.close();
  return undefined;
}
export const socket: UdpSocket = new UdpSocket({ family: "ipv4" });
export const message: Message = decodeMessage(new Uint8Array(12));
`;
const IMPORTS = `
import { type Browser, Mdns } from "earshot";
import { Mdns as Same } from "earshot/mdns";
import { UdpSocket } from "earshot/udp";
import { decodeMessage, type Message } from "earshot/wire";
export const same: typeof Mdns = Same;
`;
const REQUIRES = `
import root = require("earshot");
import udp = require("earshot/udp");
import wire = require("earshot/wire");
import Mdns = root.Mdns;
import UdpSocket = udp.UdpSocket;
import decodeMessage = wire.decodeMessage;
type Browser = root.Browser;
type Message = wire.Message;
`;

describe("the packed package", () => {
  let packed: Packed;
  beforeAll(() => {
    packed = new Packed();
  }, 180_000);
  afterAll(() => packed?.remove());

  function source(name: string, text: string): string {
    writeFileSync(join(packed.folder, name), text);
    return name;
  }

  test("holds all that its manifest points to, and the source of its maps, but no tests", () => {
    const manifest = JSON.parse(readFileSync(join(packed.folder, "node_modules/earshot/package.json"), "utf8"));
    const targets = [manifest.exports, manifest.bin, manifest.man].flatMap(leaves);
    expect(targets.length).toBeGreaterThan(12);
    for (const target of targets) expect(packed.files).toContain(target.replace(/^\.\//, ""));
    const folders = new Set(packed.files.map((path) => (path.includes("/") ? path.split("/")[0] : path)));
    expect([...folders].sort()).toEqual(
      ["CHANGELOG.md", "LICENSE", "README.md", "SECURITY.md", "dist", "man", "package.json", "src"].sort(),
    );
    const maps = packed.files.filter((path) => path.endsWith(".map"));
    const sources = new Set(maps.flatMap((map) => packed.sourcesOf(map)));
    expect(sources.size).toBeGreaterThan(100);
    for (const path of sources) if (!path.includes("node_modules/")) expect(packed.files).toContain(path);
  });

  test("holds the code of its dependencies, which Node would take long to find, and their licences", () => {
    const root = join(packed.folder, "node_modules/earshot");
    const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    for (const name of Object.keys(dependencies)) expect(packed.files).toContain(`dist/licenses/${name}.txt`);
    for (const path of packed.files.filter((file) => /^dist\/.*\.js$/.test(file))) {
      const loaded = readFileSync(join(root, path), "utf8").matchAll(/(?:^(?:im|ex)port .*?|\brequire\()"([^"]+)"/gm);
      expect([...loaded].filter(([, from = ""]) => !from.startsWith(".") && !isBuiltin(from))).toEqual([]);
    }
  });

  test("is few files to load, whatever the source is split into", () => {
    expect(packed.files.filter((path) => path.endsWith(".js")).length).toBeLessThan(60);
  });

  test("gives one and the same class by each entry, and the class its own name", () => {
    const code = `
      import assert from "node:assert";
      const known = new Map();
      for (const entry of ${JSON.stringify(ENTRIES)}) {
        for (const [key, value] of Object.entries(await import(entry))) {
          assert.strictEqual(known.get(key) ?? value, value, key);
          known.set(key, value);
          if (typeof value === "function") assert.strictEqual(value.name, key);
        }
      }
      console.log(known.size);`;
    const { stdout, stderr } = packed.node(source("same.mjs", code));
    expect(stderr).toBe("");
    expect(Number(stdout)).toBeGreaterThan(30);
  });

  test("gives an ES module these names by each entry, and no others (N-12)", () => {
    const code = `
      const names = {};
      for (const entry of ${JSON.stringify(ENTRIES)}) names[entry] = Object.keys(await import(entry)).sort();
      console.log(JSON.stringify(names));`;
    const { stdout, stderr } = packed.node(source("names.mjs", code));
    expect(stderr).toBe("");
    const { "earshot/mdns": mdns, ...names } = JSON.parse(stdout);
    expect(mdns).toEqual(names.earshot);
    expect(names).toMatchInlineSnapshot(`
      {
        "earshot": [
          "Browser",
          "Mdns",
          "MdnsError",
          "Name",
          "Publication",
          "RecordBrowser",
          "Txt",
          "TypeBrowser",
          "checkHost",
          "checkService",
          "listen",
          "typeName",
          "typeNumber",
        ],
        "earshot/udp": [
          "UdpContractError",
          "UdpErrnoError",
          "UdpError",
          "UdpNetworkError",
          "UdpRangeError",
          "UdpSocket",
          "always",
          "choice",
          "makeEvt",
          "never",
          "sync",
          "timeout",
          "wrap",
        ],
        "earshot/wire": [
          "CLASS",
          "MessageWriter",
          "Name",
          "TYPE",
          "WireError",
          "decodeMessage",
          "encodeMessage",
          "formatIpv4",
          "formatIpv6",
          "glance",
          "isPseudoType",
          "labelText",
          "nameHash",
          "rdataBytes",
          "readTypeBitmap",
          "recordKey",
          "rrsetKey",
          "sameRecord",
          "typeBitmap",
          "typeName",
          "typeNumber",
        ],
      }
    `);
  });

  test("gives require() and import() in CommonJS the very same things, without a warning (N-12)", ({ skip }) => {
    skip(noRequire !== undefined, noRequire);
    const code = `
      const assert = require("node:assert");
      const required = ${JSON.stringify(ENTRIES)}.map((entry) => [entry, require(entry)]);
      (async () => {
        for (const [entry, names] of required) {
          const imported = await import(entry);
          assert.deepStrictEqual(Object.keys(names).sort(), Object.keys(imported).sort());
          for (const [name, value] of Object.entries(names)) assert.strictEqual(value, imported[name]);
        }
        assert(required[1][1].UdpSocket.prototype.bind);
        console.log("same");
      })();`;
    expect(packed.node(source("names.cjs", code))).toMatchObject({ stdout: "same\n", stderr: "", status: 0 });
  });

  test("opens no path that its manifest does not name", () => {
    const code = `import("earshot/dist/index.js").catch(({ code }) => console.log(code));`;
    expect(packed.node(source("deep.mjs", code)).stdout).toBe("ERR_PACKAGE_PATH_NOT_EXPORTED\n");
  });

  test.each([
    ["an ES module as Node resolves it", "consumer.mts", IMPORTS, ["--module", "nodenext"]],
    ["a CommonJS module as Node resolves it", "consumer.cts", REQUIRES, ["--module", "nodenext"]],
    ["a module as bundlers resolve it", "bundled.ts", IMPORTS, ["--module", "esnext", "--moduleResolution", "bundler"]],
  ])("type-checks in %s, its declarations included (N-12)", (_as, file, head, options) => {
    expect(packed.typeCheck([source(file, head + CONSUMER)], options)).toBe("");
  });

  test.each(COMMANDS)("runs its command %s", (command, path) => {
    const program = join("node_modules/earshot", path);
    expect(readFileSync(join(packed.folder, program), "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
    const { status, stdout } = packed.node(program, "--help");
    expect(stdout).toContain(command);
    expect(status).toBe(0);
  });
});

function leaves(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(leaves) : [];
}
