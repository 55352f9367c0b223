import type { SimLan } from "./sim-lan.ts";

const { EARSHOT_SEED: REPLAY } = process.env;

/** The seeds 1 to `count`, or only the one that the environment variable EARSHOT_SEED names. */
export function seeds(count: number): readonly number[] {
  if (REPLAY !== undefined) return [Number(REPLAY)];
  return Array.from({ length: count }, (_, index) => index + 1);
}

/** Runs a scenario; when it fails, the error tells the seed, the packets, and how to see it again. */
export function reporting<T>(lan: SimLan, scenario: () => T): T {
  try {
    const result = scenario();
    return result instanceof Promise ? (result.catch((error: unknown) => fail(lan, error)) as T) : result;
  } catch (error) {
    return fail(lan, error);
  }
}

function fail(lan: SimLan, error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  const packets = lan.log.format(REPLAY === undefined ? 60 : undefined);
  const hint = REPLAY === undefined ? `; EARSHOT_SEED=${lan.seed} shows all of them` : "";
  throw new Error(
    `${reason}\nseed ${lan.seed}, ${lan.clock.now()} ms, ${lan.log.total} packets, the last ones${hint}:\n${packets}`,
    { cause: error },
  );
}
