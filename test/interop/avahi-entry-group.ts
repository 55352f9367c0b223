import type { Avahi } from "./avahi.ts";
import { DbusConnection, type DbusTarget } from "./dbus-connection.ts";
import { type DbusArgument, firstString } from "./dbus-message.ts";

export interface AvahiService {
  readonly name: string;
  readonly type: string;
  readonly port: number;
  readonly txt?: readonly string[];
}

const AVAHI = "org.freedesktop.Avahi";
const SERVER: DbusTarget = { destination: AVAHI, path: "/", interface: `${AVAHI}.Server` };
const ANY_INTERFACE_ANY_FAMILY = [
  ["i", -1],
  ["i", -1],
  ["u", 0],
] as const;
const STATES = ["uncommitted", "registering", "established", "collision", "failure"] as const;

/** Services that Avahi publishes and that can be changed, which its commands have no way to do. */
export class AvahiEntryGroup {
  readonly #bus: DbusConnection;
  readonly #group: DbusTarget;

  private constructor(bus: DbusConnection, path: string) {
    this.#bus = bus;
    this.#group = { destination: AVAHI, path, interface: `${AVAHI}.EntryGroup` };
  }

  /** Publishes, and settles when Avahi has won all the names. */
  static async publish(avahi: Avahi, services: readonly AvahiService[]): Promise<AvahiEntryGroup> {
    const bus = await DbusConnection.open(avahi.busSocket);
    const reply = await bus.call(SERVER, "EntryGroupNew");
    const group = new AvahiEntryGroup(bus, firstString(reply.body));
    for (const { name, type, port, txt } of services) {
      await group.#call("AddService", ...names(name, type), ["s", ""], ["s", ""], ["q", port], txtArgument(txt));
    }
    const established = group.#established();
    await group.#call("Commit");
    await established;
    return group;
  }

  async updateTxt(service: Pick<AvahiService, "name" | "type">, txt: readonly string[]): Promise<void> {
    await this.#call("UpdateServiceTxt", ...names(service.name, service.type), ["s", ""], txtArgument(txt));
  }

  /** Avahi says goodbye for services whose client leaves the bus. */
  close(): void {
    this.#bus.close();
  }

  async #call(member: string, ...args: readonly DbusArgument[]): Promise<void> {
    const placed = member === "Commit" ? args : [...ANY_INTERFACE_ANY_FAMILY, ...args];
    await this.#bus.call(this.#group, member, ...placed);
  }

  #established(): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.#bus.onSignal((signal) => {
        if (signal.member !== "StateChanged" || signal.path !== this.#group.path) return;
        const state = STATES[signal.body.readInt32LE(0)];
        if (state !== "established" && state !== "collision" && state !== "failure") return;
        stop();
        if (state === "established") resolve();
        else reject(new Error(`Avahi reports ${state} for ${this.#group.path}`));
      });
    });
  }
}

function names(name: string, type: string): DbusArgument[] {
  return [
    ["s", name],
    ["s", type],
  ];
}

function txtArgument(txt: readonly string[] = []): DbusArgument {
  return ["aay", txt.map((text) => Buffer.from(text))];
}
