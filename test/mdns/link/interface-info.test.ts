import type { NetworkInterfaceInfo } from "node:os";
import { describe, expect, test } from "vitest";
import { interfaceList, interfaceReader } from "../../../src/mdns/link/interface-info.ts";

const v4 = (address: string, length: number, internal = false): NetworkInterfaceInfo => ({
  family: "IPv4",
  address,
  netmask: "",
  mac: "02:00:00:00:00:01",
  internal,
  cidr: `${address}/${length}`,
});
const v6 = (address: string, length: number, scopeid: number): NetworkInterfaceInfo => ({
  family: "IPv6",
  address,
  netmask: "",
  mac: "02:00:00:00:00:01",
  internal: false,
  cidr: `${address}/${length}`,
  scopeid,
});

describe("the interfaces there are", () => {
  test("are told with their index, and a zone on link-local IPv6 addresses only", () => {
    expect(interfaceList({ e0: [v6("fd00::2", 64, 0), v6("fe80::2", 64, 7), v4("10.77.0.1", 24)] })).toEqual([
      {
        name: "e0",
        internal: false,
        multicast: true,
        mac: "02:00:00:00:00:01",
        index: 7,
        addresses: [
          { family: "ipv4", address: "10.77.0.1", prefixLength: 24 },
          { family: "ipv6", address: "fd00::2", prefixLength: 64 },
          { family: "ipv6", address: "fe80::2", prefixLength: 64, zone: "e0" },
        ],
      },
    ]);
  });

  test.skipIf(process.platform === "win32")("an address with a label belongs to the interface before the colon", () => {
    const [only, ...more] = interfaceList({ e0: [v4("10.77.0.1", 24)], "e0:1": [v4("10.77.0.2", 24)] });
    expect(more).toEqual([]);
    expect(only?.addresses.map(({ address }) => address)).toEqual(["10.77.0.1", "10.77.0.2"]);
  });

  test("an address whose mask is no prefix stands alone", () => {
    const [only] = interfaceList({ e0: [{ ...v4("10.77.0.1", 24), cidr: null }] });
    expect(only?.addresses).toEqual([{ family: "ipv4", address: "10.77.0.1", prefixLength: 32 }]);
  });

  test("are the same list while nothing changes", () => {
    let address = "10.77.0.1";
    const read = interfaceReader(() => ({ e0: [v4(address, 24)] }));
    const first = read();
    expect(read()).toBe(first);
    address = "10.77.0.2";
    expect(read()[0]?.addresses[0]?.address).toBe(address);
  });

  test("are another list when one begins to carry multicast (L-31)", () => {
    let carries = false;
    const read = interfaceReader(
      () => ({ e0: [v4("10.77.0.1", 24)] }),
      () => carries,
    );
    const first = read();
    carries = true;
    expect([first[0]?.multicast, read()[0]?.multicast]).toEqual([false, true]);
  });

  test("of this machine have a loopback interface among them", () => {
    expect(interfaceReader()().some(({ internal }) => internal)).toBe(true);
  });
});
