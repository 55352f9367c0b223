import { expect, test } from "vitest";
import { sharedHost, socketPlan } from "../../../src/mdns/link/socket-plan.ts";

test.each<[NodeJS.Platform, string]>([
  ["linux", "group"],
  ["win32", "wildcard"],
  ["darwin", "wildcard"],
  ["freebsd", "wildcard"],
])("%s receives the IPv4 group on a %s socket", (platform, reception) => {
  expect(socketPlan(platform).reception.ipv4).toBe(reception);
});

test("unicast sockets stand only beside sockets that hear nothing but the group", () => {
  for (const platform of ["linux", "win32", "darwin"] as const) {
    const { reception, addressSockets } = socketPlan(platform);
    expect(addressSockets).toBe(reception.ipv4 === "group" && reception.ipv6 === "interface");
  }
});

test("a socket for all interfaces binds to the group or to the wildcard", () => {
  expect(sharedHost("ipv4", "group")).toBe("224.0.0.251");
  expect(sharedHost("ipv6", "wildcard")).toBeNull();
});
