// Long runs of the fuzzers that the tests run briefly: `npm run fuzz -- [SEQUENCES]`.
import { spawnSync } from "node:child_process";

const sequences = process.argv[2] ?? "50000";
const runs = [
  ["unit", "test/fuzz", { EARSHOT_FUZZ_RUNS: sequences }],
  ["net", "test/net/udp/any-sequence.test.ts", { EARSHOT_UDP_SEQUENCES: sequences }],
];
for (const [project, path, settings] of runs) {
  const { status } = spawnSync("npx", ["vitest", "run", "--project", project, path, "--testTimeout", "3600000"], {
    stdio: "inherit",
    env: { ...process.env, ...settings },
  });
  if (status !== 0) process.exitCode = 1;
}
