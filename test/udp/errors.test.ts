import { expect, test } from "vitest";
import { UdpContractError, UdpErrnoError, UdpError, UdpNetworkError, UdpRangeError } from "../../src/udp/index.ts";

const contract = new UdpContractError("ERR_UDP_ARGUMENT", "wrong");
const range = new UdpRangeError("ERR_UDP_RANGE", "too large");
const network = new UdpNetworkError("ERR_UDP_CLOSED", "closed");
const errno = new UdpErrnoError("EADDRINUSE", "busy", { syscall: "bind", address: "::1", port: 7, cause: network });

test.each([
  ["contract", contract, [UdpError, UdpContractError, TypeError], [UdpNetworkError, UdpErrnoError, RangeError]],
  ["range", range, [UdpError, UdpContractError, RangeError], [UdpNetworkError, UdpErrnoError, TypeError]],
  ["network", network, [UdpError, UdpNetworkError], [UdpContractError, UdpErrnoError, TypeError]],
  ["errno", errno, [UdpError, UdpNetworkError, UdpErrnoError], [UdpContractError, TypeError]],
] as const)("a %s error is an instance of what a caller would catch it as", (_kind, error, is, isNot) => {
  for (const type of [Error, ...is]) expect(error).toBeInstanceOf(type);
  for (const type of isNot) expect(error instanceof type).toBe(false);
});

test.each([undefined, null, 0, "UdpError", {}, new Error("EADDRINUSE")])("%o is none of our errors", (value) => {
  for (const type of [UdpError, UdpContractError, UdpNetworkError, UdpErrnoError]) {
    expect((value as object) instanceof type).toBe(false);
  }
});

test("a class derived from one of ours has only its own instances", () => {
  class Timeout extends UdpNetworkError {}
  class Unreachable extends UdpErrnoError {}
  class Misuse extends UdpContractError {}
  class Any extends UdpError {}
  for (const type of [Timeout, Unreachable, Misuse, Any]) {
    for (const error of [contract, range, network, errno]) expect(error instanceof type).toBe(false);
  }
  const timeout = new Timeout("ERR_TIMEOUT", "late");
  for (const type of [Timeout, UdpNetworkError, UdpError, Error]) expect(timeout).toBeInstanceOf(type);
});

test("an errno error tells code, system call, address, port and cause", () => {
  expect({ ...errno }).toEqual({ code: "EADDRINUSE", syscall: "bind", address: "::1", port: 7 });
  expect(errno.cause).toBe(network);
  expect(String(errno)).toBe("UdpErrnoError: busy");
});
