import { expect, test } from "vitest";
import { refusedAtOpen } from "../../../src/mdns/link/refused-at-open.ts";
import { UdpErrnoError } from "../../../src/udp/index.ts";

test.each([
  ["EADDRINUSE", "ERR_MDNS_PORT_IN_USE"],
  ["EPERM", "ERR_MDNS_SYSTEM"],
])("%s becomes %s, which names the port and keeps the cause", (system, code) => {
  const cause = new UdpErrnoError(system, `bind: ${system}`, { syscall: "bind" });
  expect(refusedAtOpen(cause)).toMatchObject({ code, cause, message: expect.stringContaining("5353") });
});

test("an error of the caller's own function stays as it is", () => {
  const error = new RangeError("mine");
  expect(refusedAtOpen(error)).toBe(error);
});
