import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test as base } from "vitest";
import { Lan } from "./lan.ts";

const { CI, PATH = "" } = process.env;
const COMMANDS = ["avahi-daemon", "avahi-browse", "avahi-publish", "avahi-resolve", "dbus-daemon", "stdbuf"];

/** A test with a LAN of its own. Where that cannot be, it is skipped; on a build machine (CI=true) it fails. */
export const testAlone = base.extend<{ lan: Lan }>({
  lan: async ({ skip }, use) => {
    const reason = await missing();
    if (reason !== undefined) {
      if (CI === "true") throw new Error(`interop tests must run on a build machine: ${reason}`);
      skip(reason);
    }
    const lan = new Lan();
    try {
      await use(lan);
    } finally {
      await lan.remove();
    }
  },
});

/** The same, beside the other tests of its file: most of the time each one waits for what the protocol makes it wait for. */
export const test: (typeof testAlone)["concurrent"] = testAlone.concurrent;

let known: Promise<string | undefined> | undefined;

function missing(): Promise<string | undefined> {
  known ??= findMissing().then((reason) => {
    if (reason !== undefined) process.stderr.write(`interop tests are skipped: ${reason}\n`);
    return reason;
  });
  return known;
}

async function findMissing(): Promise<string | undefined> {
  if (process.platform !== "linux") return "network namespaces exist only on Linux";
  if (process.getuid?.() !== 0) return "network namespaces need root";
  for (const command of ["ip", ...COMMANDS]) if (!isInPath(command)) return `${command} is not in PATH`;
  return await whyNoLan();
}

function isInPath(command: string): boolean {
  return PATH.split(delimiter).some((folder) => existsSync(join(folder, command)));
}

async function whyNoLan(): Promise<string | undefined> {
  const lan = new Lan();
  try {
    lan.host(lan.segment());
    return undefined;
  } catch (error) {
    return `no network namespaces with interfaces can be made: ${String(error)}`;
  } finally {
    await lan.remove();
  }
}
