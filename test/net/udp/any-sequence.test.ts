import fc from "fast-check";
import { expect, test } from "vitest";
import { effort } from "../../fuzz/effort.ts";
import { allCommands } from "./commands.ts";
import { setup } from "./model.ts";

// EARSHOT_UDP_SEQUENCES=10000 npx vitest run --project net test/net/udp/any-sequence.test.ts
const sequences = Number(process.env["EARSHOT_UDP_SEQUENCES"] ?? 300);
const seed = Number(process.env["EARSHOT_UDP_SEED"] ?? Date.now() % 2 ** 31);

test(`after any of ${sequences} sequences of calls the socket is as the state table says (§2), seed ${seed}`, async () => {
  const stray: unknown[] = [];
  const note = (error: unknown): void => void stray.push(error);
  process.on("uncaughtException", note).on("unhandledRejection", note);
  try {
    await fc.assert(
      fc.asyncProperty(fc.commands([...allCommands], { maxCommands: 60, size: "max" }), async (commands) => {
        const { model, real } = setup();
        try {
          await fc.asyncModelRun(() => ({ model, real }), commands);
        } finally {
          for (const socket of real.sockets) if (!socket.closed) socket.close();
        }
        expect(stray).toEqual([]);
      }),
      { seed, endOnFailure: true, ...effort(sequences) },
    );
  } finally {
    process.off("uncaughtException", note).off("unhandledRejection", note);
  }
}, 900_000);
