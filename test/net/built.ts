import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

/** The built package, as a program in plain Node imports it. */
export const BUILT: string = pathToFileURL(resolve(process.env["EARSHOT_DIST"] ?? "dist", "index.js")).href;
