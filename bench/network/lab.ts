import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Host } from "../../test/interop/host.ts";
import { Lan } from "../../test/interop/lan.ts";
import { ip } from "../../test/interop/namespace.ts";
import type { Segment } from "../../test/interop/segment.ts";

const PEERS = fileURLToPath(new URL("../peers", import.meta.url));
const COMMANDS = ["ip", "unshare", "avahi-daemon", "avahi-browse", "dbus-daemon", "stdbuf"];

/** Runs a benchmark on a LAN of its own, or says why that cannot be. */
export async function inLab(run: (lan: Lan) => Promise<void>): Promise<void> {
  const reason = whyNot();
  if (reason !== undefined) {
    process.stderr.write(`${reason}\n`);
    process.exitCode = 2;
    return;
  }
  installPeers();
  const lan = new Lan();
  try {
    await run(lan);
  } finally {
    await lan.remove();
  }
}

/** A host that can send multicast without naming an interface, as a host with a default route can. */
export function benchHost(lan: Lan, segment: Segment): Host {
  const host = lan.host(segment);
  ip("-n", host.namespace.name, "route", "add", "default", "dev", "e0");
  return host;
}

function whyNot(): string | undefined {
  const dist = process.env["EARSHOT_DIST"] ?? "dist";
  if (process.platform !== "linux") return "network namespaces exist only on Linux";
  if (process.getuid?.() !== 0) return "network namespaces need root";
  if (!existsSync(join(dist, "index.js"))) return `${dist} is missing: npm run build first`;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const missing = COMMANDS.filter((command) => !folders.some((folder) => existsSync(join(folder, command))));
  return missing.length === 0 ? undefined : `not in PATH: ${missing.join(", ")}`;
}

function installPeers(): void {
  const installed = join(PEERS, "node_modules/.package-lock.json");
  const lock = join(PEERS, "package-lock.json");
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs) return;
  process.stderr.write(`installing the peers into ${PEERS}\n`);
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: PEERS, stdio: "inherit" });
}

/** The exact version of a peer that is measured. */
export function peerVersion(name: string): string {
  const { dependencies } = JSON.parse(readFileSync(join(PEERS, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  return dependencies[name] ?? "";
}
