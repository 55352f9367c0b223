import { createInterface } from "node:readline";

/** Lines of standard input. */
export async function* inputLines(): AsyncGenerator<string> {
  yield* createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
}
