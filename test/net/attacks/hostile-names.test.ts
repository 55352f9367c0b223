import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Name } from "../../../src/mdns/wire/name.ts";
import { CLASS } from "../../../src/mdns/wire/record-class.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import type { Heard } from "./attacker.ts";
import { besieged, SERVICE_TYPE, service, TYPE_NAME } from "./siege.ts";
import { Station } from "./station.ts";

const ARGUMENT = "ERR_MDNS_ARGUMENT";

/** The name as it was renamed, within 63 bytes. */
function isSecond(name: Name): boolean {
  const [label = new Uint8Array()] = name.labels;
  return label.length <= 63 && /^a\.b\\é+ \(2\)$/.test(new TextDecoder("utf-8", { fatal: true }).decode(label));
}

describe("a station given hostile names and values", () => {
  const siege = besieged();

  test("H-03: nobody can hold a control connection open, as there is none", () => {
    const { namespace } = siege().host;
    const states = (file: string): string[] => {
      const [, ...sockets] = namespace.run("cat", `/proc/net/${file}`).trim().split("\n");
      return sockets.map((line) => line.trim().split(/\s+/)[3] ?? "");
    };
    expect([...states("tcp"), ...states("tcp6")]).toEqual([]);
    const accepting = "00010000";
    expect(states("unix")).not.toContain(accepting);
  });

  test.for(["", ".", "local", "local.", "x".repeat(64), `${"x".repeat(63)}.`.repeat(4), "a..b"])(
    "H-04: %j as a host, a service or a type is refused before anything is sent",
    async (text) => {
      const { target, attacker } = siege();
      const mark = attacker.mark;
      await expect(target.lookup(text, 200)).rejects.toThrow(ARGUMENT);
      await expect(target.browse(text)).rejects.toThrow(ARGUMENT);
      await expect(target.resolve("x", text, 200)).rejects.toThrow(ARGUMENT);
      await siege().answers();
      const asked = attacker.heard(mark).flatMap(({ message }) => message.questions);
      expect(asked.map(({ name }) => name.toString()).filter((name) => name.includes("x"))).toEqual([]);
    },
  );

  test("H-05: starting and ending writes no file", async () => {
    const { host } = siege();
    const before = readdirSync(host.folder);
    const station = await Station.start(host, "tidy", [], { HOME: host.folder, TMPDIR: host.folder });
    await station.publish("Tidy", SERVICE_TYPE, 4_005);
    expect(await station.close()).toBe(0);
    expect(readdirSync(host.folder)).toEqual(before);
  });

  test("H-06: a name that nobody has is an empty list, and a service that nobody has a typed error", async () => {
    expect(await siege().target.lookup("nobody.local", 300)).toEqual([]);
    await expect(siege().target.resolve("Nobody", SERVICE_TYPE, 300)).rejects.toThrow("ERR_MDNS_TIMEOUT");
  });

  test("H-07: attributes that fit no packet are refused; the largest that do are sent whole", async () => {
    const { target, attacker } = siege();
    const txt = (pairs: number, length: number) =>
      Object.fromEntries(Array.from({ length: pairs }, (_, n) => [`k${n}`, "v".repeat(length)]));
    await expect(target.publish("Big", SERVICE_TYPE, 4_007, txt(1, 253))).rejects.toThrow(ARGUMENT);
    await expect(target.publish("Big", SERVICE_TYPE, 4_007, txt(40, 250))).rejects.toThrow(ARGUMENT);
    const mark = attacker.mark;
    await target.publish("Big", SERVICE_TYPE, 4_007, txt(33, 250));
    const strings = ({ answers }: { readonly answers: readonly { readonly data: object }[] }): number =>
      Math.max(0, ...answers.map(({ data }) => ("strings" in data ? (data.strings as readonly unknown[]).length : 0)));
    await attacker.next("the whole record", ({ message }) => message.response && strings(message) === 33, mark);
  });

  test("H-08: a name of 63 bytes with dots and backslashes is renamed by label, and cut between characters", async () => {
    const { target, attacker } = siege();
    const name = `a.b\\${"é".repeat(29)}!`;
    expect(Buffer.byteLength(name)).toBe(63);
    const taken = TYPE_NAME.child(name);
    const renamed = ({ message: { answers } }: Heard): boolean => answers.some(({ name: own }) => isSecond(own));
    const claims = ({ message: { answers, authorities } }: Heard): boolean =>
      [...answers, ...authorities].some((own) => own.name.equals(taken));
    const publishing = target.publish(name, SERVICE_TYPE, 4_008);
    const mark = attacker.mark;
    for (let seen = mark; !attacker.heard(mark).some(renamed); ) {
      await attacker.next("a claim", (heard) => claims(heard) || renamed(heard), seen);
      seen = attacker.mark;
      attacker.send({ response: true, authoritative: true, answers: service(name, 9).slice(1, 3) });
    }
    await publishing;
  });

  test("H-09: dots inside a label survive from the wire to the browser, and from the publisher to the wire", async () => {
    const { target, attacker } = siege();
    const name = "v1.2.local\\.";
    attacker.send({ response: true, authoritative: true, answers: service(name, 4_009) });
    expect((await target.saw(4_009)).name).toBe(name);
    const mark = attacker.mark;
    await target.publish(`${name}!`, SERVICE_TYPE, 4_010);
    const labels = TYPE_NAME.child(`${name}!`);
    await attacker.next(
      "the label whole",
      ({ message: { answers } }) => answers.some((own) => own.name.equals(labels)),
      mark,
    );
  });

  test("H-12: a header with flags that contradict each other is dropped or read, and nothing fails", async () => {
    const { target, attacker } = siege();
    const questions = [{ name: Name.parse("target.local"), type: TYPE.A, class: CLASS.IN, unicast: true }];
    for (let flags = 0; flags < 256; flags++) {
      const bit = (index: number): boolean => ((flags >> index) & 1) === 1;
      attacker.send({
        questions,
        response: bit(0),
        authoritative: bit(1),
        truncated: bit(2),
        recursionDesired: bit(3),
        authenticData: bit(4),
        opcode: bit(5) ? 5 : 0,
        rcode: bit(6) ? 3 : 0,
        answers: bit(7) ? service("Flags", 4_012) : [],
      });
    }
    await siege().answers();
    expect((await target.report()).escaped).toEqual([]);
  });
});
