// The built code, as users run it: on-the-fly compilers add work to every closure, which would be measured too.
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const entry = resolve(process.env["EARSHOT_DIST"] ?? "dist", "udp/index.js");
if (!existsSync(entry)) throw new Error(`${entry} is missing: npm run build first`);

const built = (await import(pathToFileURL(entry).href)) as typeof import("../../src/udp/index.ts");

export type UdpSocket = InstanceType<typeof built.UdpSocket>;
export const { UdpSocket, sync } = built;
