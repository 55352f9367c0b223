import { execFileSync } from "node:child_process";

const PREFIX = "earshot-test-";
const live = new Set<Namespace>();
let made = 0;

/** Runs one `ip` command and returns what it printed. */
export function ip(...words: readonly string[]): string {
  return execFileSync("ip", words, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], timeout: 10_000 });
}

/** A network namespace, unique to this process. What runs in it is on no network but the one made for it. */
export class Namespace {
  readonly name: string;

  constructor() {
    if (made === 0) {
      removeStale();
      process.once("exit", () => {
        for (const namespace of live) namespace.remove();
      });
    }
    made += 1;
    this.name = `${PREFIX}${process.pid}-${made}`;
    ip("netns", "add", this.name);
    live.add(this);
    // Duplicate address detection would keep every new IPv6 address unusable for a second or two.
    this.run("sh", "-c", "echo 0 > /proc/sys/net/ipv6/conf/default/accept_dad");
    ip("-n", this.name, "link", "set", "lo", "up");
  }

  /** Runs a command to its end and returns what it printed. */
  run(command: string, ...words: readonly string[]): string {
    return ip("netns", "exec", this.name, command, ...words);
  }

  /** Kills what still runs inside and takes the namespace away, with all its interfaces. */
  remove(): void {
    if (!live.delete(this)) return;
    removeByName(this.name);
  }
}

function removeByName(name: string): void {
  for (const pid of ip("netns", "pids", name).split("\n").filter(Boolean)) killIfThere(Number(pid));
  ip("netns", "delete", name);
}

/** A test process that was itself killed could not clean up. */
function removeStale(): void {
  for (const line of ip("netns", "list").split("\n")) {
    const name = line.split(" ")[0] ?? "";
    const owner = Number(/^earshot-test-(\d+)-\d+$/.exec(name)?.[1]);
    if (owner > 0 && !isAlive(owner)) removeByName(name);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
