import type { Reporter, TestModule } from "vitest/node";

/** Prints the one line that build machines read: `N passed, N failed, N skipped`. */
class PlainCountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const count = { passed: 0, failed: 0, skipped: 0 };
    for (const module of modules) {
      const hooks = [...module.children.allSuites()].filter((suite) => suite.errors().length > 0);
      count.failed += hooks.length + (module.errors().length > 0 ? 1 : 0);
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state !== "pending") count[state] += 1;
      }
    }
    process.once("exit", () => {
      process.stdout.write(`\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`);
    });
  }
}

// biome-ignore lint/style/noDefaultExport: the test runner loads reporters by their default export
export default PlainCountReporter;
