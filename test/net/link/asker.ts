import { Mdns } from "../../../src/mdns/mdns.ts";

/** Asks through the public API for one thing after another; `argv[2]` is what. It prints nothing. */
export interface Questions {
  /** For {@link Mdns.lookup}. */
  readonly hosts?: readonly string[];
  /** For {@link Mdns.reverse}. */
  readonly addresses?: readonly string[];
  /** For {@link Mdns.dnsLookup}, when the rest is done. */
  readonly names?: readonly string[];
}

const TIMEOUT = 1_000; // ms

const { hosts = [], addresses = [], names = [] } = JSON.parse(process.argv[2] ?? "{}") as Questions;
const mdns = new Mdns({ hostName: "asker" });
await mdns.ready;
await Promise.all([
  ...hosts.map((host) => mdns.lookup(host, { timeout: TIMEOUT })),
  ...addresses.map((address) => mdns.reverse(address, { timeout: TIMEOUT })),
]);
for (const name of names) await new Promise((resolve) => mdns.dnsLookup(name, {}, resolve));
await mdns.close();
