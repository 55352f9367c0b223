import { createInterface } from "node:readline";
import type { OwnRecord } from "../../../src/mdns/core/own-record.ts";
import { systemInterfaces } from "../../../src/mdns/link/interface-source.ts";
import type { Link, Registered } from "../../../src/mdns/link/link.ts";
import { type NetworkOptions, openNetwork } from "../../../src/mdns/link/open-network.ts";
import type { SystemNetwork } from "../../../src/mdns/link/system-network.ts";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";

/** What a test tells this program, one JSON object a line. */
export type Command =
  | { readonly do: "register"; readonly host: string }
  | { readonly do: "ask"; readonly name: string; readonly type: number }
  | { readonly do: "counters" }
  | { readonly do: "sleep"; readonly ms: number }
  | { readonly do: "unref" }
  | { readonly do: "close" };

export interface Start {
  readonly options: NetworkOptions;
  readonly platform?: NodeJS.Platform;
}

const { options, platform = process.platform } = JSON.parse(process.argv[2] ?? "{}") as Start;
const say = (event: object): void => void process.stdout.write(`${JSON.stringify(event)}\n`);
let slept = 0;

const system = { interfaces: systemInterfaces(), wallClock: () => Date.now() + slept, platform };

/** What keeps this process running, the pipes of the test left out. */
function held(): string[] {
  return process.getActiveResourcesInfo().filter((kind) => kind !== "PipeWrap");
}

function plain(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  return { message: error.message, code: (error as NodeJS.ErrnoException).code };
}

function hostRecords(host: string, link: Link): OwnRecord[] {
  const name = Name.parse(`${host}.local`);
  return link.publishable.map(({ family, address }) => ({
    ownership: "unique",
    record: {
      name,
      type: family === "ipv4" ? 1 : 28,
      class: 1,
      flush: true,
      ttl: 120,
      data: { kind: "address", address },
    },
  }));
}

function register(network: SystemNetwork, host: string): void {
  const claims = new Map<Link, Registered>();
  network.watch({
    linkUp: (link) => {
      const news = (claim: string): void => say({ event: "claim", link: link.name, host, news: claim });
      claims.set(link, link.register(hostRecords(host, link), news));
    },
    addressesChanged: (link) => claims.get(link)?.update(hostRecords(host, link)),
    linkDown: (link) => claims.delete(link),
  });
}

function text({ data }: ResourceRecord): string {
  return data.kind === "address" ? data.address : data.kind;
}

function ask(network: SystemNetwork, name: string, type: number): void {
  const question = { name: Name.parse(name), type, class: 1, unicast: false };
  network.watch({
    linkUp: (link) => {
      link.ask(question, (answer) => {
        const record = answer.change === "absent" ? undefined : text(answer.record);
        say({ event: "answer", link: link.name, name, change: answer.change, record });
      });
    },
    addressesChanged: () => {},
    linkDown: () => {},
  });
}

async function main(): Promise<void> {
  const network = await openNetwork(
    {
      ...options,
      onDiagnostic: (event) =>
        say({ event: "diagnostic", ...event, ...("error" in event && { error: plain(event.error) }) }),
    },
    system,
  );
  network.watch({
    linkUp: (link) =>
      say({ event: "linkUp", link: link.name, addresses: link.addresses.map(({ address }) => address) }),
    addressesChanged: (link) =>
      say({ event: "addresses", link: link.name, addresses: link.addresses.map(({ address }) => address) }),
    linkDown: (link) => say({ event: "linkDown", link: link.name }),
  });
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    const command = JSON.parse(line) as Command;
    switch (command.do) {
      case "register":
        return register(network, command.host);
      case "ask":
        return ask(network, command.name, command.type);
      case "counters":
        return say({ event: "counters", ...network.counters });
      case "sleep":
        slept += command.ms;
        return;
      case "unref":
        network.setKeepAlive(false);
        lines.close();
        process.stdin.destroy();
        return;
      case "close":
        lines.close();
        process.stdin.destroy();
        void network.close().then(() => say({ event: "closed", resources: held() }));
    }
  });
  say({ event: "open" });
}

process.on("unhandledRejection", (error) => say({ event: "escaped", error: plain(error) }));
process.on("uncaughtException", (error) => say({ event: "escaped", error: plain(error) }));
await main().catch((error) => say({ event: "refused", error: plain(error) }));
