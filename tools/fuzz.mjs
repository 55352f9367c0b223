// Runs for long what the tests run briefly: `npm run fuzz -- [--minutes 10]`, shared out evenly. A failure prints its seed.
import { spawnSync } from "node:child_process";
import { parseArgs } from "node:util";

const FUZZERS = [
  ["unit", "test/fuzz/codec.test.ts"],
  ["unit", "test/fuzz/receive-path.test.ts"],
  ["unit", "test/fuzz/full-core.test.ts"],
  ["unit", "test/fuzz/published-and-seen.test.ts"],
  ["unit", "test/fuzz/mdns-calls.test.ts"],
  ["net", "test/net/udp/any-sequence.test.ts"],
];

const { values } = parseArgs({ options: { minutes: { type: "string", default: "10" } } });
const minutes = Number(values.minutes);
if (!(minutes > 0)) {
  console.error(`--minutes must be a number above 0, not ${values.minutes}`);
  process.exit(2);
}
const seconds = Math.ceil((minutes * 60) / FUZZERS.length);
for (const [project, path] of FUZZERS) {
  const { status } = spawnSync("npx", ["vitest", "run", "--project", project, path, "--testTimeout", "0"], {
    stdio: "inherit",
    env: { ...process.env, EARSHOT_FUZZ_SECONDS: String(seconds) },
  });
  if (status !== 0) process.exitCode = 1;
}
