import type { Browser } from "../../../src/mdns/dnssd/browser.ts";
import type { Publication } from "../../../src/mdns/dnssd/publication.ts";
import type { PublishOptions } from "../../../src/mdns/dnssd/publish-options.ts";
import type { FoundRecord } from "../../../src/mdns/dnssd/record-browser.ts";
import { Mdns } from "../../../src/mdns/mdns.ts";
import type { MdnsOptions } from "../../../src/mdns/mdns-options.ts";
import type { Segment } from "../../sim/segment.ts";
import type { SimHost } from "../../sim/sim-host.ts";
import { SimLan } from "../../sim/sim-lan.ts";

export const HTTP = "_http._tcp";

/** A virtual LAN of one segment, and `Mdns` objects on its hosts. */
export class SimMdns {
  readonly lan: SimLan;
  readonly segment: Segment;

  constructor(seed = 1) {
    this.lan = new SimLan({ seed });
    this.segment = this.lan.segment("lan", { delay: 0.2 });
  }

  get now(): number {
    return this.lan.clock.now();
  }

  host(name: string, segments: readonly Segment[] = [this.segment], families?: readonly ("ipv4" | "ipv6")[]): SimHost {
    return this.lan.host(name, segments, families === undefined ? {} : { families });
  }

  mdns(name: string, options: MdnsOptions = {}): Mdns {
    return new Mdns({ network: this.host(name), hostName: name, ...options });
  }

  run(duration: number): Promise<void> {
    return this.lan.runAsync(duration);
  }

  /** Lets time pass until the promise settles. */
  async settle<T>(promise: Promise<T>, limit = 120_000): Promise<T> {
    let settled = false;
    const done = (): void => {
      settled = true;
    };
    promise.then(done, done);
    const until = this.now + limit;
    for (await this.run(0); !settled && this.now < until; await this.run(10));
    if (!settled) throw new Error(`nothing after ${limit} ms`);
    return promise;
  }

  publish(mdns: Mdns, options: Partial<PublishOptions> = {}): Promise<Publication> {
    return this.settle(mdns.publish({ name: "Site", type: HTTP, port: 80, ...options }));
  }

  /** What a further host hears when it asks. */
  async records(name: string, type: string): Promise<readonly FoundRecord[]> {
    const asker = this.mdns("asker");
    const browser = asker.query(name, type);
    await this.run(1_500);
    browser.close();
    await asker.close();
    return browser.records;
  }

  /** The packets on the LAN since `time`, a line each. */
  packets(since = 0): readonly string[] {
    return this.lan.log.packets.filter(({ time }) => time >= since).map(String);
  }
}

/** What a browser tells, a line each: `up Site alpha.local:80 10.77.0.1`. */
export function journal(browser: Browser): string[] {
  const lines: string[] = [];
  for (const kind of ["up", "update", "down"] as const) {
    browser.on(kind, ({ name, host, port, addresses }) =>
      lines.push(`${kind} ${name} ${host}:${port} ${addresses.join(" ")}`),
    );
  }
  return lines;
}
