// The built code, as users run it: on-the-fly compilers add work to every closure, which would be measured too.
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { EARSHOT_UDP } = process.env;
const entry = EARSHOT_UDP ? pathToFileURL(EARSHOT_UDP) : new URL("../../dist/udp/index.js", import.meta.url);
if (!existsSync(entry)) throw new Error(`${entry.href} is missing: npm run build first`);

const built = (await import(entry.href)) as typeof import("../../src/udp/index.ts");

export type UdpSocket = InstanceType<typeof built.UdpSocket>;
export const { UdpSocket, sync } = built;
