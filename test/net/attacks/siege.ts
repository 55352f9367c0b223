import { afterAll, beforeAll, beforeEach } from "vitest";
import { Name } from "../../../src/mdns/wire/name.ts";
import type { ResourceRecord } from "../../../src/mdns/wire/record.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import type { Host } from "../../interop/host.ts";
import { Lan } from "../../interop/lan.ts";
import { ip } from "../../interop/namespace.ts";
import type { Segment } from "../../interop/segment.ts";
import { noNamespaces } from "../link/namespaces.ts";
import { Attacker, type Heard } from "./attacker.ts";
import { Station } from "./station.ts";

export const SERVICE_TYPE = "_t._tcp";
export const TYPE_NAME: Name = Name.parse(`${SERVICE_TYPE}.local`);
export const TARGET: Name = TYPE_NAME.child("Target");
/** An own address of the attacker that lies in no subnet of the target. */
export const STRANGER = "10.77.9.9";

const CONTROL_PORT = 41_000;

/** A station that publishes `Target` and browses its type, and an attacker on the same link. */
class Siege {
  readonly lan: Lan;
  readonly segment: Segment;
  readonly host: Host;
  readonly target: Station;
  readonly attacker: Attacker;
  #control = 0x7000;

  private constructor(lan: Lan, segment: Segment, host: Host, target: Station, attacker: Attacker) {
    this.lan = lan;
    this.segment = segment;
    this.host = host;
    this.target = target;
    this.attacker = attacker;
  }

  static async lay(): Promise<Siege> {
    const lan = new Lan();
    const segment = lan.segment(["ipv4"]);
    const [attacked, attacking] = [lan.host(segment), lan.host(segment)];
    ip("-n", attacking.namespace.name, "address", "add", `${STRANGER}/32`, "dev", "e0");
    // A reply to the stranger could leave.
    ip("-n", attacked.namespace.name, "route", "add", "default", "dev", "e0");
    const [target, attacker] = await Promise.all([Station.start(attacked, "target"), Attacker.start(attacking)]);
    await target.browse(SERVICE_TYPE);
    await target.publish("Target", SERVICE_TYPE, 4_000);
    let announcements = 0;
    const isLast = ({ to, message }: Heard): boolean => to === "group" && message.response && ++announcements === 2;
    await attacker.next("the last announcement", isLast, 0);
    return new Siege(lan, segment, attacked, target, attacker);
  }

  /** The target has taken in all that was sent before, and answers. */
  async answers(): Promise<Heard> {
    const { attacker } = this;
    const id = ++this.#control;
    const mark = attacker.mark;
    const questions = [{ name: TARGET, type: TYPE.SRV, class: CLASS.IN, unicast: false }];
    // Of UDP nothing is certain: it is asked until it answers.
    for (let tries = 1; ; tries++) {
      attacker.send({ id, questions }, { fromPort: CONTROL_PORT });
      try {
        return await attacker.next("an answer", ({ message }) => message.id === id && message.response, mark, 3_000);
      } catch (error) {
        if (tries === 10) throw error;
      }
    }
  }

  async end(): Promise<void> {
    await this.lan.remove();
  }
}

/** One siege for all tests of a block, which are skipped where there can be none; to be called within them. */
export function besieged(): () => Siege {
  let siege: Siege | undefined;
  beforeAll(async () => {
    if (noNamespaces === undefined) siege = await Siege.lay();
  }, 60_000);
  beforeEach(({ skip }) => skip(noNamespaces !== undefined, noNamespaces));
  afterAll(() => siege?.end());
  return () => siege as Siege;
}

/** The records of a whole service at 10.77.1.66. */
export function service(label: string | Uint8Array, port: number): ResourceRecord[] {
  const instance = TYPE_NAME.child(label);
  const host = Name.parse("rival.local");
  const unique = { class: CLASS.IN, flush: true, ttl: 120 };
  return [
    {
      name: TYPE_NAME,
      type: TYPE.PTR,
      class: CLASS.IN,
      flush: false,
      ttl: 4_500,
      data: { kind: "name", target: instance },
    },
    { ...unique, name: instance, type: TYPE.SRV, data: { kind: "srv", priority: 0, weight: 0, port, target: host } },
    { ...unique, name: instance, type: TYPE.TXT, data: { kind: "txt", strings: [] } },
    { ...unique, name: host, type: TYPE.A, data: { kind: "address", address: "10.77.1.66" } },
  ];
}
