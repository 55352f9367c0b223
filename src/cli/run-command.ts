import { readFileSync } from "node:fs";
import { type Arguments, parseArguments } from "./arguments.ts";
import type { CommandIo } from "./command-io.ts";
import { type CommandSpec, usageLine } from "./command-spec.ts";
import type { Shell } from "./completions.ts";
import { endProcess, isTerminalGone } from "./end-process.ts";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import { failureOf } from "./failure.ts";
import type { LiveView } from "./live/live-view.ts";
import { painter } from "./paint.ts";
import { UsageError } from "./usage-error.ts";

/** How long goodbyes may take after a signal, in milliseconds. */
const CLOSING_TIME = 900;

/** One stop may arrive as two signals of a kind within this time, in milliseconds. */
const SAME_SIGNAL = 200;

/** What a command does once its arguments fit its table. */
export type Execute = (given: Arguments, io: CommandIo) => Promise<ExitStatus>;

/** Runs a command as this process: arguments, signals, streams, exit status. */
export async function runCommand(command: CommandSpec, load: () => Promise<Execute>): Promise<void> {
  const note = (message: string): void => void process.stderr.write(`${command.name}: ${message}\n`);
  const fail = (error: unknown): ExitStatus => {
    const { status, message } = failureOf(error, command.spelling);
    note(message);
    if (status === EXIT.usage) process.stderr.write(`${usageLine(command)}\n`);
    return status;
  };
  process.on("uncaughtException", (error) => endProcess(fail(error)));
  const { stop, writeFailure } = watchStreamsAndSignals(note);
  const status = await execute(command, load, (quiet) => processIo(note, quiet, stop)).catch(fail);
  await new Promise<unknown>((resolve) => process.stdout.write("", resolve)); // then it is known whether all was written
  endProcess(writeFailure() ?? status); // standard input may be open, and keep the process alive
}

async function execute(
  command: CommandSpec,
  load: () => Promise<Execute>,
  io: (quiet: boolean) => CommandIo,
): Promise<ExitStatus> {
  const given = parseArguments(command, process.argv.slice(2));
  const information = await informationText(command, given);
  if (information === undefined) {
    const quiet = given.has("quiet");
    if (quiet && given.has("verbose")) throw new UsageError("--quiet and --verbose contradict each other; choose one");
    return (await load())(given, io(quiet));
  }
  process.stdout.write(information);
  return EXIT.done;
}

async function informationText(command: CommandSpec, given: Arguments): Promise<string | undefined> {
  if (given.has("help")) return (await import("./help.ts")).helpText(command);
  if (given.has("version")) return `${command.name} ${version()}\n`;
  if (given.has("man")) return (await import("./man-page.ts")).manPage(command, version());
  const shell = given.value("completions");
  if (shell === undefined) return undefined;
  const { COMPLETIONS } = await import("./completions.ts");
  return COMPLETIONS[shell as Shell](command);
}

function version(): string {
  const text = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

async function* inputLines(): AsyncGenerator<string> {
  yield* (await import("./input-lines.ts")).inputLines();
}

interface Watch {
  /** Aborted by the first signal to stop, and when results can no longer be written. */
  readonly stop: AbortController;
  /** The status when results were lost; a reader that went away has seen enough. */
  readonly writeFailure: () => ExitStatus | undefined;
}

function watchStreamsAndSignals(note: (message: string) => void): Watch {
  const stop = new AbortController();
  let failure: ExitStatus | undefined;
  let last: { readonly signal: NodeJS.Signals; readonly at: number } | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    const at = performance.now();
    const isRepeat = last?.signal === signal && at - last.at < SAME_SIGNAL; // sent to the process and to its group
    last = { signal, at };
    if (isRepeat) return;
    if (stop.signal.aborted) endProcess(EXIT.interrupted);
    stop.abort();
    setTimeout(() => endProcess(EXIT.done), CLOSING_TIME).unref();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && failure === undefined) {
      failure = EXIT.refused;
      note(`cannot write results: ${error.message}`);
    }
    stop.abort();
  });
  process.stderr.on("error", () => {});
  return { stop, writeFailure: () => failure };
}

function processIo(toStderr: (message: string) => void, quiet: boolean, stop: AbortController): CommandIo {
  let onHangup = (): void => stop.abort();
  let screen: LiveView | undefined;
  const complain = (message: string): void => {
    screen?.note(message);
    if (screen?.isOpen !== true) toStderr(message);
  };
  const note = quiet ? () => {} : complain;
  process.on("SIGHUP", () => (isTerminalGone() ? stop.abort() : onHangup()));
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    note,
    complain,
    paint: painter,
    stop: stop.signal,
    onHangup: (action) => {
      onHangup = action;
    },
    onReport: (action) => void process.on("SIGUSR1", action),
    inputLines,
    liveView: async (paint) => {
      const isTerminal = process.stdout.isTTY && process.stdin.isTTY && process.env["TERM"] !== "dumb";
      if (!isTerminal) return undefined;
      const { LiveView } = await import("./live/live-view.ts");
      screen = new LiveView(paint, () => stop.abort());
      return screen;
    },
    prepareMdns: async (options, verbosity) => {
      const { prepareMdns } = await import("./prepared-mdns.ts");
      return prepareMdns(options, verbosity, note);
    },
  };
}
