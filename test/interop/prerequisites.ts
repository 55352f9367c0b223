import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test as base } from "vitest";
import { Lan } from "./lan.ts";

const { CI, PATH = "" } = process.env;
const COMMANDS = ["avahi-daemon", "avahi-browse", "avahi-publish", "avahi-resolve", "dbus-daemon", "stdbuf"];

/** Each test gets a LAN of its own. Where that cannot be, the test is skipped; on a build machine (CI=true) it fails. */
export const test = base.extend<{ lan: Lan }>({
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

let known: { readonly reason: string | undefined } | undefined;

async function missing(): Promise<string | undefined> {
  if (known === undefined) {
    known = { reason: await findMissing() };
    if (known.reason !== undefined) process.stderr.write(`interop tests are skipped: ${known.reason}\n`);
  }
  return known.reason;
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
