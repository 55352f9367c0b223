import type fc from "fast-check";

const { EARSHOT_FUZZ_SECONDS: seconds, EARSHOT_SEED: seed } = process.env;

/** How hard a fuzzer tries: `runs` times, or as long as EARSHOT_FUZZ_SECONDS says; EARSHOT_SEED replays a failure. */
export function effort<T>(runs: number): fc.Parameters<T> {
  return {
    ...(seconds === undefined
      ? { numRuns: runs }
      : { numRuns: Number.MAX_SAFE_INTEGER, interruptAfterTimeLimit: Number(seconds) * 1_000 }),
    ...(seed !== undefined && { seed: Number(seed) }),
  };
}
