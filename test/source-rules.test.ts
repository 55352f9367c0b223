import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ROOT, read } from "../tools/conformance/survey.ts";

const sources = readdirSync(new URL("src/", ROOT), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts"))
  .map((path) => ({ path: `src/${path.replaceAll("\\", "/")}`, text: read(`src/${path}`) }));

function lines(pattern: RegExp, folder = "src/"): string[] {
  return sources
    .filter(({ path }) => path.startsWith(folder))
    .flatMap(({ path, text }) => text.split("\n").map((line) => `${path}: ${line.trim()}`))
    .filter((line) => pattern.test(line));
}

describe("what the sources do without", () => {
  test("no child process is started anywhere (N-03)", () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(lines(/child_process|cluster|worker_threads/)).toEqual([]);
  });

  test("nothing but a command ends the process (N-02)", () => {
    const ending = lines(/process\.(exit|abort|kill|reallyExit)\b/);
    expect(ending.filter((line) => !line.startsWith("src/cli/"))).toEqual([]);
  });

  test("no file is written, by the program or by its installation (H-05)", () => {
    const imported = lines(/ from "node:fs(\/promises)?"/).flatMap(
      (line) => /{([^}]*)}/.exec(line)?.[1]?.split(",") ?? [line],
    );
    const readers = new Set([
      "createReadStream",
      "readFileSync",
      "existsSync",
      "readdirSync",
      "readSync",
      "statSync",
      "closeSync",
    ]);
    expect(imported.map((name) => name.trim()).filter((name) => !readers.has(name))).toEqual(["openSync"]);
    expect(lines(/openSync\(/).filter((line) => !/openSync\([^,]+, "r"\)/.test(line))).toEqual([]);
    const { scripts } = JSON.parse(read("package.json"));
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });

  test("the core knows no clock but the time it is given, and the real one never jumps (C-24)", () => {
    const clocks = /\b(Date|performance|setTimeout|setInterval|hrtime)\b/;
    expect(lines(clocks, "src/mdns/core/").filter((line) => !/: (\/\/|\*|\/\*)/.test(line))).toEqual([]);
    expect(read("src/mdns/link/system-clock.ts")).toContain("performance.now()");
  });
});

test("the documentation says that results are not authenticated and must be verified (RFC 6762 §21; S-09)", () => {
  const text = read("SECURITY.md");
  expect(text).toMatch(/no authentication/);
  expect(text).toMatch(/verify the peer/i);
});
