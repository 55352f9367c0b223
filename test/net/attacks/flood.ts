import { fileURLToPath } from "node:url";
import type { Host } from "../../interop/host.ts";
import type { Lan } from "../../interop/lan.ts";
import { ip } from "../../interop/namespace.ts";
import { type Report, Station } from "./station.ts";

/** Each is a function of `flooder.py`. */
export const FLOODS = {
  announcements: "1,000 valid foreign services, over and over",
  noise: "random bytes from 10,000 sources",
  questions: "questions for what the host has",
  truncated: "truncated queries from 10,000 sources",
  legacy: "legacy queries from one source",
  legacy_spoofed: "legacy queries from 10,000 sources",
  legacy_absent: "legacy queries from 10,000 addresses where nobody is",
  conflicts: "rivals for the host's names",
  unique: "services that never come again, from one source",
  unique_spoofed: "services that never come again, from 10,000 sources",
  addresses: "ever more addresses of one host, from 10,000 sources",
} as const;

export type FloodKind = keyof typeof FLOODS;

const FLOODER = fileURLToPath(new URL("flooder.py", import.meta.url));
const SHARE_PORT = `
import socket, sys
there = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
there.bind(("", 5353))
print("shared", flush=True)
sys.stdin.read()
`;
const TYPE = "_flood._tcp";
const TARGET_PORT = 4_000;

/** What one flood did. Times are in milliseconds; undefined means not within {@link FloodOptions.patience}. */
export interface FloodOutcome {
  readonly packets: number;
  readonly seconds: number;
  /** Until the station saw a service that an honest host announced. */
  readonly seen: { readonly during: number | undefined; readonly after: number | undefined };
  /** Until an honest host that knew nothing had found the station's service. */
  readonly found: { readonly during: number | undefined; readonly after: number | undefined };
  /** Of the station, at the end of the flood. */
  readonly report: Report;
  /** Of the station during the flood, in microseconds. */
  readonly cpu: number;
  /** On the wire, headers included. */
  readonly bytes: { readonly received: number; readonly sent: number };
}

export interface FloodOptions {
  readonly kind: FloodKind;
  readonly packetsPerSecond: number;
  readonly seconds: number;
  /** How long to wait for an honest service, in milliseconds. */
  readonly patience: number;
}

/** A station under attack, an honest one that the attack does not reach, and the attacker, on one link. */
export class FloodedLan {
  readonly #attacked: Host;
  readonly #attacker: Host;
  readonly #target: Station;
  readonly #honest: Station;
  #port = TARGET_PORT;

  private constructor(hosts: { attacked: Host; attacker: Host }, target: Station, honest: Station) {
    this.#attacked = hosts.attacked;
    this.#attacker = hosts.attacker;
    this.#target = target;
    this.#honest = honest;
  }

  /** @param options - `heap` in MB, beyond which Node ends the process; `portShared` with another program on its host */
  static async open(
    lan: Lan,
    { heap, portShared = false }: { readonly heap: number; readonly portShared?: boolean },
  ): Promise<FloodedLan> {
    const segment = lan.segment(["ipv4"]);
    const [attacked, honest, attacker] = [lan.host(segment), lan.host(segment), lan.host(segment)];
    for (const host of [attacked, honest, attacker]) widen(host);
    // Ports that are both isolated do not hear each other.
    for (const port of ["p2", "p3"]) {
      ip("-n", segment.namespace.name, "link", "set", port, "type", "bridge_slave", "isolated", "on");
    }
    // The attacker answers for the addresses that it forges, so that replies are delivered.
    ip("-n", attacker.namespace.name, "route", "add", "local", "10.77.3.1", "dev", "lo");
    ip("-n", attacker.namespace.name, "route", "add", "local", "10.77.16.0/20", "dev", "lo");
    if (portShared) await sharePort(attacked);
    const [target, other] = await Promise.all([
      Station.start(attacked, "target", [`--max-old-space-size=${heap}`]),
      Station.start(honest, "honest"),
    ]);
    await target.browse(TYPE);
    await target.publish("Target", TYPE, TARGET_PORT);
    return new FloodedLan({ attacked, attacker }, target, other);
  }

  async flood({ kind, packetsPerSecond, seconds, patience }: FloodOptions): Promise<FloodOutcome> {
    const { name } = this.#attacker.interface("e0");
    const args = [FLOODER, name, kind, String(packetsPerSecond), String(seconds)];
    const { cpu } = await this.#target.report();
    const before = this.#traffic();
    const flooder = this.#attacker.start("python3", args);
    await flooder.expect("the flood begins", (line) => (line === "flooding" ? line : undefined));
    const during = await this.#service(patience);
    const { packets, seconds: lasted } = await flooder.expect("the flood ends", summary, { within: 60_000 });
    const report = await this.#target.report();
    const traffic = this.#traffic();
    const after = await this.#service(patience);
    return {
      packets,
      seconds: lasted,
      seen: { during: during.seen, after: after.seen },
      found: { during: during.found, after: after.found },
      report,
      cpu: report.cpu - cpu,
      bytes: { received: traffic.received - before.received, sent: traffic.sent - before.sent },
    };
  }

  /** How long it takes to find an honest service, and to be found. */
  async #service(patience: number): Promise<{ seen: number | undefined; found: number | undefined }> {
    const port = ++this.#port;
    const seen = async (): Promise<number> => {
      const { at } = await this.#honest.publish(`Honest ${port}`, TYPE, port);
      return (await this.#target.saw(port, patience)).at - at;
    };
    const [sight, find] = await Promise.all([
      seen().catch(() => undefined),
      this.#honest.find(TYPE, TARGET_PORT, patience).catch(() => undefined),
    ]);
    return { seen: sight, found: find };
  }

  #traffic(): { received: number; sent: number } {
    const count = (direction: string): number =>
      Number(this.#attacked.namespace.run("cat", `/sys/class/net/e0/statistics/${direction}_bytes`));
    return { received: count("rx"), sent: count("tx") };
  }
}

async function sharePort(host: Host): Promise<void> {
  const program = host.start("python3", ["-c", SHARE_PORT]);
  await program.expect("port 5353 is shared", (line) => (line === "shared" ? true : undefined));
}

/** Its subnet holds all of 10.77.0.0/16. */
function widen(host: Host): void {
  const { name, ipv4 } = host.interface("e0");
  const at = ["-n", host.namespace.name, "address"];
  ip(...at, "delete", `${ipv4}/24`, "dev", name);
  ip(...at, "add", `${ipv4}/16`, "dev", name);
}

function summary(line: string): { packets: number; seconds: number } | undefined {
  return line.startsWith("{") ? (JSON.parse(line) as { packets: number; seconds: number }) : undefined;
}
