import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, test } from "vitest";
import type { Questions } from "./asker.ts";
import { type Capture, type Captured, noCapture } from "./capture.ts";
import type { Namespaces } from "./namespaces.ts";
import { PATIENT } from "./patience.ts";
import { eachOnTwoHosts } from "./two-hosts.ts";

const A = 1;
const PTR = 12;
const AAAA = 28;
const GROUPS = ["224.0.0.251", "ff02::fb"];
const ASKER = fileURLToPath(new URL("asker.ts", import.meta.url));

describe("on the wire between two hosts", PATIENT, () => {
  let lan: Namespaces;
  let a: string;
  let b: string;
  eachOnTwoHosts((hosts) => ({ lan, a, b } = hosts));

  function isQuestion({ message }: Captured): boolean {
    return !message.response && message.questions.length > 0;
  }

  function asks({ message }: Captured, name: string, type: number): boolean {
    return message.questions.some((question) => question.name.toString() === name && question.type === type);
  }

  /** Both families' packets of the group that match. */
  function inBothGroups(capture: Capture, matches: (captured: Captured) => boolean): Promise<readonly Captured[]> {
    return Promise.all(GROUPS.map((group) => capture.first((captured) => captured.to === group && matches(captured))));
  }

  describe("captured", () => {
    beforeEach(({ skip }) => skip(noCapture !== undefined, noCapture));

    test("probes, queries, responses and goodbyes leave from 5353 with TTL 255, unicast ones too (RFC 6762 §5.2, §11; L-01, L-09)", async () => {
      const capture = await lan.capture(b, "e0");
      const one = await lan.open(a, { options: {} });
      one.do({ do: "ask", name: "nobody.local", type: A });
      one.do({ do: "register", host: "one" });
      await inBothGroups(capture, (captured) => asks(captured, "nobody.local", A));
      await inBothGroups(capture, (captured) => asks(captured, "one.local", 255));
      await inBothGroups(capture, ({ message }) => message.answers.some(({ ttl }) => ttl > 0));
      const peer = { host: "10.77.0.2", port: 5353 };
      const group = { host: "224.0.0.251", port: 5353 };
      for (const script of [
        { from: peer, to: { host: "10.77.0.1", port: 5353 } },
        { from: { ...peer, port: 0 }, to: group, via: peer.host },
      ]) {
        expect(lan.peer(b, { ...script, ask: "one.local" })).toMatchObject({ answers: 1 });
      }
      one.do({ do: "close" });
      await inBothGroups(capture, ({ message }) => message.answers.some(({ ttl }) => ttl === 0));
      const unicast = capture.seen.filter(({ to }) => to === peer.host).map(({ toPort }) => toPort === 5353);
      expect([...new Set(unicast)].sort()).toEqual([false, true]);
      expect(capture.seen.filter(isQuestion).length).toBeGreaterThanOrEqual(8); // three probes and a query, by two families
      expect(capture.seen.filter(({ port, ttl }) => port !== 5353 || ttl !== 255)).toEqual([]);
    });

    test("responses are taken that arrive with TTL 1 or 64, as all others that have 255 (RFC 6762 §11; L-10)", async () => {
      const responses = [1, 64].flatMap((ttl) =>
        [`10.77.0.${ttl}`, `fd77::${ttl}`].map((address) => ({ name: `with-${ttl}.local`, address, ttl })),
      );
      const capture = await lan.capture(a, "e0");
      const one = await lan.open(a, { options: {} });
      for (const { name, address } of responses) one.do({ do: "ask", name, type: address.includes(":") ? AAAA : A });
      await lan.respond(b, "10.77.0.2", "e0", responses);
      for (const { address, ttl } of responses) {
        await one.nextLike("answer", { change: "added", record: address });
        await inBothGroups(capture, (captured) => captured.message.response && captured.ttl === ttl);
      }
    });

    test("names in .local are asked of both groups, and never of the DNS server (RFC 6762 §3, §22.1; L-06, S-14)", async () => {
      const capture = await lan.capture(b, "e0");
      askBeside("10.77.0.2", { hosts: ["x.local", "y"], names: ["z.local", "control.example"] });
      await capture.first((captured) => captured.toPort === 53);
      for (const name of ["x.local", "y.local", "z.local"]) {
        for (const type of [A, AAAA]) await inBothGroups(capture, (captured) => asks(captured, name, type));
      }
      expect(namesAsked(capture, ({ toPort }) => toPort === 53)).toEqual(["control.example"]);
      expect(namesAsked(capture, ({ toPort }) => toPort === 5353)).not.toContain("control.example");
    });

    test("the name of 169.254.1.2 is asked of both groups, and never of the DNS server (RFC 6762 §4; L-07)", async () => {
      await expectMulticastReverse("169.254.1.2", "2.1.254.169.in-addr.arpa");
    });

    test.each([
      ["fe80::1", "8"],
      ["fe90::1", "9"],
      ["fea0::1", "a"],
      ["feb0::1", "b"],
    ])(
      "the name of %s is asked of both groups, and never of the DNS server (RFC 6762 §4; L-08)",
      async (address, nibble) => {
        await expectMulticastReverse(address, `1.${"0.".repeat(28)}${nibble}.e.f.ip6.arpa`);
      },
    );

    async function expectMulticastReverse(address: string, name: string): Promise<void> {
      const capture = await lan.capture(b, "e0");
      askBeside("10.77.0.2", { addresses: [address], names: ["control.example"] });
      await capture.first((captured) => captured.toPort === 53);
      await inBothGroups(capture, (captured) => asks(captured, name, PTR));
      expect(namesAsked(capture, ({ toPort }) => toPort === 53)).toEqual(["control.example"]);
    }

    /** Asks from host `a`, whose DNS server is this address for as long. */
    function askBeside(server: string, questions: Questions): void {
      const resolvConf = `nameserver ${server}\\noptions timeout:1 attempts:1\\n`;
      const serve = `mount -t tmpfs none /run && printf "${resolvConf}" > /run/resolv && mount --bind /run/resolv /etc/resolv.conf`;
      const node = [process.execPath, "--import", "tsx", ASKER, JSON.stringify(questions)];
      lan.exec(a, "sh", "-c", `${serve} && exec "$@"`, "sh", ...node);
    }

    function namesAsked(capture: Capture, where: (captured: Captured) => boolean): readonly string[] {
      const asked = capture.seen.filter((captured) => where(captured) && isQuestion(captured));
      return [...new Set(asked.flatMap(({ message }) => message.questions.map(({ name }) => name.toString())))];
    }
  });

  test("5353 is listened on, and the groups joined, on every interface in use and on no other (RFC 6762 §5.2; L-02)", async () => {
    for (const n of [1, 2]) lan.wire([a, `e${n}`, `10.77.${n}.1/24`], [b, `e${n}`, `10.77.${n}.2/24`]);
    const joined = (): readonly string[] =>
      ["e0", "e1", "e2"].flatMap((iface) => {
        const memberships = lan.ip(a, `maddr show dev ${iface}`);
        return GROUPS.filter((group) => memberships.split(/\s+/).includes(group)).map((group) => `${iface} ${group}`);
      });
    expect(joined()).toEqual([]);
    const one = await lan.open(a, { options: { exclude: "e2" } });
    expect(joined()).toEqual(["e0", "e1"].flatMap((iface) => GROUPS.map((group) => `${iface} ${group}`)));
    const ports = (table: string): readonly string[] =>
      lan.exec(a, "cat", `/proc/net/${table}`).match(/(?<=: )[0-9A-F]+:14E9 /g) ?? [];
    expect(ports("udp")).toContain("FB0000E0:14E9 ");
    expect(ports("udp6").filter((address) => address === "000002FF0000000000000000FB000000:14E9 ")).toHaveLength(2);
    one.do({ do: "close" });
    await one.exited;
    expect(joined()).toEqual([]);
  });

  test.each([
    ["its name", "e0"],
    ["its address", "10.77.0.1"],
    ["its subnet", "10.77.0.0/24"],
  ])("an interface chosen by %s hears what is multicast there, by both families (L-17)", async (_by, interfaces) => {
    const one = await lan.open(a, { options: { interfaces } });
    one.do({ do: "register", host: "one" });
    await one.nextLike("claim", { news: "announced" });
    const port = 5353;
    for (const script of [
      { from: { host: "10.77.0.2", port: 0 }, to: { host: "224.0.0.251", port }, via: "10.77.0.2" },
      { from: { host: "::", port: 0 }, to: { host: "ff02::fb%e0", port }, via: "::%e0" },
    ]) {
      expect(lan.peer(b, { ...script, ask: "one.local" })).toMatchObject({ port, answers: 1 });
    }
  });
});
