import type { Arguments } from "../arguments.ts";
import type { CommandIo } from "../command-io.ts";
import { Ending } from "../ending.ts";
import { EXIT, type ExitStatus } from "../exit-status.ts";
import type { Paint } from "../paint.ts";
import { jsonLine } from "../printable.ts";
import type { Skipped } from "./captured-packets.ts";
import { History } from "./lint/history.ts";
import { lint } from "./lint/lint.ts";
import { type MonitorSettings, monitorSettings } from "./monitor-settings.ts";
import { readPacket, type Sighting } from "./packet.ts";
import { packetJson } from "./packet-json.ts";
import { packetLines } from "./packet-lines.ts";
import { Tally } from "./tally.ts";
import { tallyJson, tallyLines } from "./tally-text.ts";

/** Runs `mdns-monitor`. */
export async function monitor(given: Arguments, io: CommandIo): Promise<ExitStatus> {
  const settings = monitorSettings(given);
  const ending = new Ending(settings.end);
  const run = new Run(settings, io, ending);
  io.onReport(() => run.report());
  const stop = AbortSignal.any([io.stop, ending.signal]);
  const onSeen = (seen: Sighting | Skipped): void => run.see(seen);
  let fault: string | undefined;
  try {
    fault = await watch(settings, stop, onSeen, io);
  } finally {
    ending.cancel();
  }
  run.report();
  if (fault !== undefined) throw new Error(fault);
  const hasEnded = settings.read !== undefined || ending.signal.aborted;
  return hasEnded && !io.stop.aborted && ending.found === 0 ? EXIT.nothingFound : EXIT.done;
}

/** Live links and captures each load only what they need. @returns what is wrong with a capture from some point on */
async function watch(
  settings: MonitorSettings,
  stop: AbortSignal,
  onSeen: (seen: Sighting | Skipped) => void,
  io: CommandIo,
): Promise<string | undefined> {
  if (settings.read !== undefined) {
    const { readCapture } = await import("./captured-packets.ts");
    return readCapture(settings.read, stop, onSeen);
  }
  const { hearLinks } = await import("./live-packets.ts");
  await hearLinks(settings, stop, onSeen, io.note);
  return undefined;
}

/** What was seen so far, and how it is shown. */
class Run {
  readonly #settings: MonitorSettings;
  readonly #io: CommandIo;
  readonly #ending: Ending;
  readonly #tally = new Tally();
  readonly #history = new History();
  readonly #paint: Paint;

  constructor(settings: MonitorSettings, io: CommandIo, ending: Ending) {
    this.#settings = settings;
    this.#io = io;
    this.#ending = ending;
    this.#paint = io.paint(settings);
  }

  see(seen: Sighting | Skipped): void {
    if (typeof seen === "string") {
      this.#tally.skip(seen);
      return;
    }
    const { families, shown, json, tree } = this.#settings;
    if (families?.includes(seen.source.includes(":") ? "ipv6" : "ipv4") === false) return;
    const packet = readPacket(seen);
    const findings = lint(packet, this.#history);
    this.#tally.add(packet, findings);
    if (shown === "faults" && findings.length === 0) return;
    this.#ending.count();
    this.#ending.changed();
    if (shown === "none") return;
    if (json) this.#io.print(jsonLine(packetJson(packet, findings)));
    else for (const line of packetLines(packet, findings, { paint: this.#paint, tree })) this.#io.print(line);
  }

  /** Prints the counters. */
  report(): void {
    if (this.#settings.json) this.#io.print(jsonLine(tallyJson(this.#tally, this.#history)));
    else for (const line of tallyLines(this.#tally, this.#history)) this.#io.print(line);
  }
}
