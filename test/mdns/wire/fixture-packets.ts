import { readFileSync } from "node:fs";

const FOLDER = new URL("../../fixtures/packets/", import.meta.url);

/** The packets of `test/fixtures/packets` by name. */
export const PACKETS: ReadonlyMap<string, Uint8Array> = new Map(
  ["announcement-homekit", "query-20-known-answers", "real-avahi-announcement", "response-60-records"].map((name) => [
    name,
    new Uint8Array(readFileSync(new URL(`${name}.bin`, FOLDER))),
  ]),
);
