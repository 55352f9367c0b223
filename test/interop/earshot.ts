import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Host } from "./host.ts";
import type { Program, Wait } from "./program.ts";

/** One line of our commands' `--json` output. */
export interface EarshotEvent {
  readonly event?: "up" | "update" | "down" | "published" | "renamed" | "updated";
  readonly name?: string;
  readonly type?: string;
  readonly domain?: string;
  readonly host?: string;
  readonly port?: number;
  readonly addresses?: readonly string[];
  readonly interface?: string;
  readonly txt?: Readonly<Record<string, unknown>>;
  readonly links?: readonly { readonly interface: string; readonly addresses: readonly string[] }[];
}

type Command = "mdns-browse" | "mdns-publish" | "mdns-resolve" | "mdns-monitor";

/** Starts one of our commands, built before the tests, on a host of the test LAN. */
export function startCommand(host: Host, command: Command, ...args: readonly string[]): Program {
  const file = resolve("dist", "cli", `${command}.js`);
  if (!existsSync(file)) throw new Error(`${file} is missing; npm run build makes it`);
  return host.start(process.execPath, [file, ...args]);
}

/** One of our commands at work on a host of the test LAN. */
export class Earshot {
  readonly program: Program;

  constructor(host: Host, command: Command, ...args: readonly string[]) {
    this.program = startCommand(host, command, "--json", ...args);
  }

  get events(): EarshotEvent[] {
    return this.program.lines.map(parseEvent).filter((event) => event !== undefined);
  }

  /** The first event that has all of `fields` and passes `test`. */
  async expect(
    fields: Partial<EarshotEvent>,
    test: (event: EarshotEvent) => boolean = () => true,
    wait?: Wait,
  ): Promise<EarshotEvent> {
    const find = (line: string): EarshotEvent | undefined => {
      const event = parseEvent(line);
      if (event === undefined) return undefined;
      const same = Object.entries(fields).every(([key, value]) => event[key as keyof EarshotEvent] === value);
      return same && test(event) ? event : undefined;
    };
    return await this.program.expect(`earshot tells ${JSON.stringify(fields)}`, find, wait);
  }

  /** To be given as `after`, so that only what comes from now on counts. */
  get mark(): number {
    return this.program.lines.length;
  }
}

/** Publishes on `host` and waits until it is announced. */
export async function publish(host: Host, ...args: readonly string[]): Promise<Earshot & { readonly name: string }> {
  const earshot = new Earshot(host, "mdns-publish", ...args);
  const { name = "" } = await earshot.expect({ event: "published" });
  return Object.assign(earshot, { name });
}

function parseEvent(line: string): EarshotEvent | undefined {
  return line.startsWith("{") ? (JSON.parse(line) as EarshotEvent) : undefined;
}
