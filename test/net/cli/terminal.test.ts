import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { Command, LOOPBACK, published, ROOT, uniqueType } from "./command.ts";

const ALTERNATE_SCREEN = "\u001b[?1049h";
const NORMAL_SCREEN = "\u001b[?1049l";
const hasScript = spawnSync("script", ["--version"], { encoding: "utf8" }).stdout?.includes("util-linux") === true;

/** mdns-browse in a pseudo-terminal, and what it writes there. */
class Terminal {
  readonly child: ReturnType<typeof spawn>;
  output = "";
  #onOutput: () => void = () => {};
  readonly closed: Promise<number | null>;

  constructor(type: string, env: Readonly<Record<string, string>> = {}) {
    const command = `stty rows 24 cols 80; ulimit -c 0; exec ${process.execPath} dist/cli/mdns-browse.js ${type} -i ${LOOPBACK}`;
    this.child = spawn("script", ["--quiet", "--flush", "--return", "--command", command, "/dev/null"], {
      cwd: ROOT,
      env: { ...process.env, TERM: "xterm", NO_COLOR: "1", ...env },
    });
    this.child.stdout?.on("data", (data) => {
      this.output += data;
      this.#onOutput();
    });
    this.closed = once(this.child, "close").then(([status]) => {
      this.#onOutput();
      return status;
    });
    onTestFinished(async () => {
      this.child.kill("SIGKILL");
      await this.closed;
    });
  }

  async shows(text: string, after = 0): Promise<void> {
    while (!this.output.includes(text, after)) {
      if (this.child.exitCode !== null)
        throw new Error(`ended before it showed ${JSON.stringify(text)}: ${this.output}`);
      await new Promise<void>((resolve) => {
        this.#onOutput = resolve;
      });
    }
  }

  /** The command itself, which script started. */
  get pid(): number {
    const pid = Number(readFileSync(`/proc/${this.child.pid}/task/${this.child.pid}/children`, "utf8").trim());
    if (!(pid > 0)) throw new Error("script has no child");
    return pid;
  }

  /** To be given to {@link shows}, so that only what comes from now on counts. */
  get mark(): number {
    return this.output.length;
  }

  types(keys: string): void {
    this.child.stdin?.write(keys);
  }
}

test("on a terminal the live screen shows services, details and the filter, and gives the terminal back", async ({
  skip,
}) => {
  if (!hasScript) skip("script of util-linux is not installed");
  const type = uniqueType();
  const terminal = new Terminal(type);
  await terminal.shows(`${ALTERNATE_SCREEN}`);
  await published("Evil \u202eName", type, "80", "k=v", "--json");
  await terminal.shows("+>Evil \\u{202e}Name");
  terminal.types("\r");
  await terminal.shows("TXT  k=v");
  terminal.types("/evil\r");
  await terminal.shows('showing "evil"');
  terminal.types("q");
  expect(await terminal.closed).toBe(0);
  expect(terminal.output.endsWith(`\u001b[?7h\u001b[?25h${NORMAL_SCREEN}`)).toBe(true);
});

test("Ctrl-C gives the terminal back and is status 0", async ({ skip }) => {
  if (!hasScript) skip("script of util-linux is not installed");
  const terminal = new Terminal(uniqueType());
  await terminal.shows("listening");
  terminal.types("\u0003");
  expect(await terminal.closed).toBe(0);
  expect(terminal.output).toContain(NORMAL_SCREEN);
});

test("suspended it gives the terminal back, continued it takes it again", async ({ skip }) => {
  if (!hasScript || process.platform !== "linux") skip("script of util-linux is not installed");
  const terminal = new Terminal(uniqueType());
  await terminal.shows("listening");
  // script stops with its child, as the job of a shell does, perhaps before it passed on what the child wrote.
  const scriptContinued = setInterval(() => terminal.child.kill("SIGCONT"), 50);
  onTestFinished(() => clearInterval(scriptContinued));
  terminal.types("\u001a");
  await terminal.shows(NORMAL_SCREEN);
  const mark = terminal.output.indexOf(NORMAL_SCREEN);
  const childContinued = setInterval(() => process.kill(terminal.pid, "SIGCONT"), 50);
  onTestFinished(() => clearInterval(childContinued));
  await terminal.shows(ALTERNATE_SCREEN, mark);
  clearInterval(childContinued);
  await terminal.shows("listening", mark);
  terminal.types("q");
  expect(await terminal.closed).toBe(0);
});

test("SIGQUIT gives the terminal back before the command dies of it", async ({ skip }) => {
  if (!hasScript || process.platform !== "linux") skip("script of util-linux is not installed");
  const terminal = new Terminal(uniqueType());
  await terminal.shows("listening");
  process.kill(terminal.pid, "SIGQUIT");
  expect(await terminal.closed).toBe(128 + constants.signals.SIGQUIT);
  expect(terminal.output).toContain(NORMAL_SCREEN);
});

test("the key for SIGQUIT, which a raw terminal gives as a character, does what the signal does", async ({ skip }) => {
  if (!hasScript || process.platform !== "linux") skip("script of util-linux is not installed");
  const terminal = new Terminal(uniqueType());
  await terminal.shows("listening");
  terminal.types("\u001c");
  expect(await terminal.closed).toBe(128 + constants.signals.SIGQUIT);
  expect(terminal.output).toContain(NORMAL_SCREEN);
});

test("a crash gives the terminal back, and is one line and status 3", async ({ skip }) => {
  if (!hasScript || process.platform !== "linux") skip("script of util-linux is not installed");
  const crash = `data:text/javascript,process.on("SIGUSR2",()=>{throw new Error("a fault of ours")})`;
  const terminal = new Terminal(uniqueType(), { NODE_OPTIONS: `--import ${JSON.stringify(crash)}` });
  await terminal.shows("listening");
  process.kill(terminal.pid, "SIGUSR2");
  expect(await terminal.closed).toBe(3);
  expect(terminal.output).toMatch(/mdns-browse: a fault of ours\r\n/);
  expect(terminal.output.endsWith(`\u001b[?7h\u001b[?25h${NORMAL_SCREEN}`)).toBe(true);
});

test("another size of the terminal is used at once", async ({ skip }) => {
  if (!hasScript || process.platform !== "linux") skip("script of util-linux is not installed");
  const terminal = new Terminal(uniqueType());
  await terminal.shows("listening");
  const mark = terminal.mark;
  spawnSync("sh", ["-c", `stty rows 9 cols 60 < /proc/${terminal.pid}/fd/0`]);
  await terminal.shows("\u001b[9;1H listening", mark);
  terminal.types("q");
  expect(await terminal.closed).toBe(0);
});

test("a terminal that goes away ends it with 0 (SIGHUP)", async ({ skip }) => {
  if (!hasScript || process.platform !== "linux") skip("script of util-linux is not installed");
  const terminal = new Terminal(uniqueType());
  await terminal.shows("listening");
  process.kill(terminal.pid, "SIGHUP");
  expect(await terminal.closed).toBe(0);
  expect(terminal.output).toContain(NORMAL_SCREEN);
});

test("when its terminal is gone for good it ends by that signal, not by an abort of Node.js (SIGHUP)", async ({
  skip,
}) => {
  if (!hasScript || process.platform !== "linux") skip("script of util-linux is not installed");
  const folder = mkdtempSync(join(tmpdir(), "earshot-terminal-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "status");
  const browse = `${process.execPath} dist/cli/mdns-browse.js ${uniqueType()} -i ${LOOPBACK}`;
  const shell = `trap "" HUP; ${browse}; echo $? > ${file}`; // outlives the terminal
  const script = spawn("script", ["--quiet", "--flush", "--command", shell, "/dev/null"], {
    cwd: ROOT,
    env: { ...process.env, TERM: "xterm" },
  });
  await new Promise<void>((resolve) => {
    script.stdout.on("data", (data) => String(data).includes("listening") && resolve());
  });
  script.kill("SIGKILL");
  await vi.waitFor(() => expect(readFileSync(file, "utf8")).toBe("129\n"), { timeout: 15_000 });
});

test("mdns-publish --file says goodbye when its terminal is gone, for which there is the same signal (SIGHUP)", async ({
  skip,
}) => {
  if (!hasScript || process.platform !== "linux") skip("script of util-linux is not installed");
  const folder = mkdtempSync(join(tmpdir(), "earshot-terminal-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "services.json");
  const type = uniqueType();
  writeFileSync(file, JSON.stringify([{ name: "Brief", type, port: 1 }]));
  const browse = new Command("mdns-browse", type, "--json", "-i", LOOPBACK);
  const publish = `exec ${process.execPath} dist/cli/mdns-publish.js --file ${file} -i ${LOOPBACK}`;
  const script = spawn("script", ["--quiet", "--flush", "--command", publish, "/dev/null"], { cwd: ROOT });
  await browse.json({ event: "up" });
  const child = Number(readFileSync(`/proc/${script.pid}/task/${script.pid}/children`, "utf8").trim());
  onTestFinished(() => killIfThere(child));
  script.kill("SIGKILL");
  await browse.json({ event: "down" });
});

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
