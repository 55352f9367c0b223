import { writeFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { Reporter, TestModule } from "vitest/node";

const LINES_OF_A_MESSAGE = 4;

interface Fault {
  readonly message: string;
  readonly stack?: string;
}

interface Failure {
  readonly where: readonly string[];
  readonly errors: readonly Fault[];
}

/** Writes what failed and why into the file that FAILED_TESTS names: `FILE > TEST`, then the error, indented. */
class FailedTestsReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], others: readonly Fault[]): void {
    const file = process.env["FAILED_TESTS"];
    if (file === undefined) return;
    const failures = modules.flatMap(failuresIn);
    if (others.length > 0) failures.push({ where: ["outside of any test"], errors: others });
    writeFileSync(file, failures.map(text).join(""));
  }
}

function failuresIn(module: TestModule): Failure[] {
  const path = relative(process.cwd(), module.moduleId);
  const hooks = [...module.children.allSuites()].map((suite) => ({
    where: [path, suite.fullName],
    errors: suite.errors(),
  }));
  const tests = [...module.children.allTests("failed")].map((test) => ({
    where: [path, test.fullName],
    errors: test.result().errors ?? [],
  }));
  const others = [{ where: [path], errors: module.errors() }, ...hooks].filter(({ errors }) => errors.length > 0);
  return [...others, ...tests];
}

function text({ where, errors }: Failure): string {
  const title = where.join(" > ").replaceAll("\n", " ");
  const lines = errors.flatMap(({ message, stack = "" }) => {
    const place = stack.split("\n").find((line) => /^ *at /.test(line) && !line.includes("node_modules"));
    return [...message.split("\n").slice(0, LINES_OF_A_MESSAGE), ...(place === undefined ? [] : [place.trim()])];
  });
  return [title, ...lines.map((line) => `    ${stripVTControlCharacters(line)}`), ""].join("\n");
}

// biome-ignore lint/style/noDefaultExport: the test runner loads reporters by their default export
export default FailedTestsReporter;
