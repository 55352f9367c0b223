import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { test as base } from "vitest";
import { Lan } from "./lan.ts";
import { ip } from "./namespace.ts";

const { CI, PATH = "" } = process.env;
const COMMANDS = ["avahi-daemon", "avahi-browse", "avahi-publish", "avahi-resolve", "dbus-daemon", "stdbuf"];

/** Each test gets a LAN of its own. Where that cannot be, the test is skipped; on a build machine (CI=true) it fails. */
export const test = base.extend<{ lan: Lan }>({
  lan: async ({ skip }, use) => {
    const reason = missing();
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

function missing(): string | undefined {
  if (known === undefined) {
    known = { reason: findMissing() };
    if (known.reason !== undefined) process.stderr.write(`interop tests are skipped: ${known.reason}\n`);
  }
  return known.reason;
}

function findMissing(): string | undefined {
  if (process.platform !== "linux") return "network namespaces exist only on Linux";
  if (process.getuid?.() !== 0) return "network namespaces need root";
  for (const command of ["ip", ...COMMANDS]) if (!isInstalled(command)) return `${command} is not installed`;
  return whyNoNamespace();
}

function isInstalled(command: string): boolean {
  const folders = [...PATH.split(delimiter), "/usr/sbin", "/sbin"];
  return folders.some((folder) => existsSync(join(folder, command)));
}

function whyNoNamespace(): string | undefined {
  const name = `earshot-probe-${process.pid}`;
  try {
    ip("netns", "add", name);
    ip("netns", "delete", name);
    return undefined;
  } catch (error) {
    return `no network namespace can be made: ${(error as { stderr?: string }).stderr?.trim() ?? String(error)}`;
  }
}
