import { randomInt } from "node:crypto";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { noNamespace, Program } from "../mdns/program.ts";

const PROGRAM = fileURLToPath(new URL("any-moment.ts", import.meta.url));

test("1,000 things are aborted, closed or left at any moment, and nothing escapes (N-02)", async ({
  skip,
  annotate,
}) => {
  skip(noNamespace !== undefined, noNamespace);
  const seed = String(process.env["EARSHOT_SEED"] ?? randomInt(2 ** 32));
  const program = new Program(["--unhandled-rejections=strict", PROGRAM, seed], { alone: true });
  const { status, output } = await program.ended;
  await annotate(`seed ${seed}: ${output}`);
  expect(status, `seed ${seed}: ${output}`).toBe(0);
  const { ended, lives, outcomes, escaped, held } = JSON.parse(output);
  expect({ seed, ended, lives, escaped, held }).toEqual({ seed, ended: 1_000, lives: 40, escaped: [], held: [] });
  for (const outcome of ["fulfilled", "aborted", "ERR_MDNS_CLOSED"]) expect(outcomes[outcome]).toBeGreaterThan(0);
}, 120_000);
