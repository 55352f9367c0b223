import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import type { CommandIo } from "../../src/cli/command-io.ts";
import { EXIT } from "../../src/cli/exit-status.ts";
import { painter } from "../../src/cli/paint.ts";
import { publish } from "../../src/cli/publish.ts";
import { PUBLISH } from "../../src/cli/publish-spec.ts";
import { SimMdns } from "../mdns/dnssd/sim-mdns.ts";

test("a SIGHUP that waits for the first announcement is forgotten when the command is stopped", async () => {
  const folder = mkdtempSync(join(tmpdir(), "earshot-publish-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "services.json");
  writeFileSync(file, JSON.stringify([{ name: "Early", type: "_http._tcp", port: 1 }]));
  const sim = new SimMdns();
  const stop = new AbortController();
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  let hangUp = (): void => {};
  const io: CommandIo = {
    print: say,
    note: say,
    complain: say,
    paint: painter,
    stop: stop.signal,
    onHangup: (action) => {
      hangUp = action;
    },
    onReport: () => {},
    inputLines: async function* () {},
    liveView: async () => undefined,
    prepareMdns: async () => ({ mdns: sim.mdns("alpha"), opened: async () => true }),
  };
  const ending = publish(parseArguments(PUBLISH, ["--file", file]), io);
  await sim.run(300);
  writeFileSync(file, "no JSON");
  hangUp();
  stop.abort();
  expect([await sim.settle(ending), said]).toEqual([EXIT.done, []]);
});
