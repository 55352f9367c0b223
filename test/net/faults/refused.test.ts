import { fileURLToPath } from "node:url";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { Program } from "../../interop/program.ts";
import { Namespaces, noNamespaces } from "../link/namespaces.ts";
import type { Outcome } from "./refused-program.ts";
import type { Operation } from "./refusing-system.ts";

// What the manual pages bind(2), setsockopt(2), ip(7), send(2), recv(2) and udp(7) of Linux tell of, and what drivers add.
const ERRORS: Record<Operation, readonly string[]> = {
  bind: [
    "EACCES",
    "EADDRNOTAVAIL",
    "EAFNOSUPPORT",
    "EINVAL",
    "EMFILE",
    "ENFILE",
    "ENOBUFS",
    "ENODEV",
    "ENOMEM",
    "EPERM",
  ],
  join: ["EADDRNOTAVAIL", "EINVAL", "ENOBUFS", "ENODEV", "ENOMEM", "ENOPROTOOPT", "EPERM"],
  // ECONNREFUSED is not for a socket that is not connected, as udp(7) says.
  send: [
    "EACCES",
    "EADDRNOTAVAIL",
    "EAFNOSUPPORT",
    "EAGAIN",
    "EHOSTDOWN",
    "EHOSTUNREACH",
    "EINVAL",
    "EIO",
    "EMSGSIZE",
    "ENETDOWN",
    "ENETUNREACH",
    "ENOBUFS",
    "ENODEV",
    "ENOMEM",
    "EPERM",
    "EPIPE",
  ],
  receive: [
    "EAGAIN",
    "ECONNREFUSED",
    "EHOSTUNREACH",
    "EINTR",
    "EIO",
    "EMSGSIZE",
    "ENETDOWN",
    "ENETUNREACH",
    "ENOBUFS",
    "ENOMEM",
  ],
};

describe.concurrent("a system that refuses", () => {
  const lan = new Namespaces();
  beforeEach(({ skip }) => skip(noNamespaces !== undefined, noNamespaces));
  afterAll(() => lan.remove());

  /** A station whose interface eN meets the Nth error, and e0 none. */
  async function meet(operation: Operation): Promise<Outcome & { readonly faulty: readonly string[] }> {
    const errors = ERRORS[operation];
    const [namespace, other] = [lan.add(operation), lan.add(`${operation}-peer`)];
    for (let number = 0; number <= errors.length; number++) {
      lan.wire([namespace, `e${number}`, `10.77.${number}.1/24`], [other, `f${number}`]);
    }
    const outcome = await said<Outcome>(namespace, "refused-program.ts", operation, ...errors);
    return { ...outcome, faulty: errors.map((_, index) => `e${index + 1}`) };
  }

  const numbersOf = (faulty: readonly string[]): number[] => [0, ...faulty.map((name) => Number(name.slice(1)))];

  /** What a program that runs to its end in a namespace says in a line of JSON. */
  async function said<T>(namespace: string, program: string, ...args: readonly string[]): Promise<T> {
    const command = [process.execPath, "--import", "tsx", fileURLToPath(new URL(program, import.meta.url)), ...args];
    const running = new Program("ip", ["netns", "exec", namespace, ...command]);
    const find = (line: string): T | undefined => (line.startsWith("{") ? (JSON.parse(line) as T) : undefined);
    const answer = await running.expect("the outcome", find, { within: 90_000 });
    expect(await running.ended).toBe(0);
    return answer;
  }

  /** The interfaces of which this was told, each once. */
  function interfacesOf(kind: string, told: readonly string[]): readonly string[] {
    return told.flatMap((line) => (line.startsWith(`${kind} `) ? [line.slice(kind.length + 1)] : [])).toSorted();
  }

  test("each error of bind costs the unicast socket of its interface, told once, which is opened when it may be (N-20)", async () => {
    const { escaped, told, up, answering, faulty } = await meet("bind");
    expect(escaped).toEqual([]);
    expect(interfacesOf("refused", told)).toEqual(faulty.toSorted());
    expect(up.during).toEqual(up.after);
    expect(answering).toEqual({ during: [0], after: numbersOf(faulty) });
  }, 120_000);

  test("each error of the bind that all depends on is one typed error; without it a new object works (N-11)", async () => {
    const { outcomes, escaped } = await said<{ outcomes: readonly string[]; escaped: readonly string[] }>(
      lan.add("open"),
      "refused-open-program.ts",
      ...ERRORS.bind,
      "EADDRINUSE",
    );
    expect(escaped).toEqual([]);
    expect(outcomes).toEqual([
      ...ERRORS.bind.map((code) => `MdnsError ERR_MDNS_SYSTEM because of ${code}`),
      "MdnsError ERR_MDNS_PORT_IN_USE because of EADDRINUSE",
      "open",
    ]);
  }, 60_000);

  test("each error of joining leaves its interface out, told once, until it may be joined (H-26, N-20)", async () => {
    const { escaped, told, up, answering, faulty } = await meet("join");
    expect(escaped).toEqual([]);
    expect(interfacesOf("refused", told)).toEqual(faulty.toSorted());
    expect(up).toEqual({ during: ["e0"], after: ["e0", ...faulty].toSorted() });
    expect(answering).toEqual({ during: [0], after: numbersOf(faulty) });
  }, 120_000);

  test("each error of sending degrades its interface, told once, until what is sent leaves again (L-30, N-20)", async () => {
    const { escaped, told, up, answering, faulty } = await meet("send");
    expect(escaped).toEqual([]);
    expect(interfacesOf("degraded", told)).toEqual(faulty.toSorted());
    expect(interfacesOf("recovered", told)).toEqual(faulty.toSorted());
    expect(up.during).toEqual(["e0", ...faulty].toSorted());
    expect(answering).toEqual({ during: [0], after: numbersOf(faulty) });
  }, 120_000);

  test("each error of receiving is passed over, and what comes next is received (N-20)", async () => {
    const { escaped, told, up, answering, faulty } = await meet("receive");
    expect(escaped).toEqual([]);
    expect(told).toEqual([]);
    expect(up.during).toEqual(["e0", ...faulty].toSorted());
    expect(answering.after).toEqual(numbersOf(faulty));
  }, 120_000);
});
