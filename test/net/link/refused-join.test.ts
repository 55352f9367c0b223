import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Namespaces, noNamespaces } from "./namespaces.ts";
import { PATIENT } from "./patience.ts";

const A = 1;

describe("a group that the system does not let us join", PATIENT, () => {
  let lan: Namespaces;
  let a: string;
  let b: string;
  beforeEach(({ skip }) => {
    skip(noNamespaces !== undefined, noNamespaces);
    lan = new Namespaces();
    a = lan.add("a");
    b = lan.add("b");
    for (const n of [0, 1]) lan.wire([a, `e${n}`, `10.77.${n}.1/24`], [b, `e${n}`, `10.77.${n}.2/24`]);
  });
  afterEach(() => lan?.remove(), PATIENT.timeout);

  function allowMemberships(count: number): void {
    lan.exec(a, "sh", "-c", `echo ${count} > /proc/sys/net/ipv4/igmp_max_memberships`);
  }

  test("on one interface is a warning of that interface: the other works, and this one does when it may (H-26, N-20)", async () => {
    allowMemberships(1);
    // All of them on one socket, of which the limit allows one membership.
    const one = await lan.open(a, { options: { families: ["ipv4"] }, platform: "win32" });
    const { error } = await one.nextLike("diagnostic", { kind: "refused", interface: "e1" });
    expect(error).toMatchObject({ code: "ENOBUFS" });
    const two = await lan.open(b, { options: { families: ["ipv4"] } });
    two.do({ do: "ask", name: "one.local", type: A });
    one.do({ do: "register", host: "one" });
    await two.nextLike("answer", { link: "e0", record: "10.77.0.1" });
    expect(one.events.filter(({ kind }) => kind === "refused")).toHaveLength(1);
    expect(one.events.filter(({ event, link }) => event === "linkUp" && link === "e1")).toEqual([]);
    allowMemberships(20);
    await one.nextLike("linkUp", { link: "e1" });
    await two.nextLike("answer", { link: "e1", record: "10.77.1.1" });
    expect(one.events.filter(({ event, kind }) => event === "escaped" || kind === "error")).toEqual([]);
  });

  test("by one family leaves the link to the other, and is joined by itself when it may be (H-26, N-20)", async () => {
    allowMemberships(0);
    const one = await lan.open(a, { options: { interfaces: "e0" } });
    const { error } = await one.nextLike("diagnostic", { kind: "refused", interface: "e0" });
    expect(error).toMatchObject({ code: "ENOBUFS" });
    const two = await lan.open(b, { options: { interfaces: "e0", families: ["ipv6"] } });
    const three = await lan.open(b, { options: { interfaces: "e0", families: ["ipv4"] } });
    for (const host of [two, three]) host.do({ do: "ask", name: "one.local", type: A });
    one.do({ do: "register", host: "one" });
    await two.nextLike("answer", { link: "e0", record: "10.77.0.1" });
    expect(three.events.filter(({ event }) => event === "answer")).toEqual([]);
    allowMemberships(20);
    await three.nextLike("answer", { link: "e0", record: "10.77.0.1" });
    expect(one.events.filter(({ event, kind }) => event === "escaped" || kind === "error")).toEqual([]);
  });
});
