import { expect, test } from "vitest";
import { checkHost, checkService } from "../../src/mdns/check.ts";

test.each([
  ["service", () => checkService(null as never)],
  ["type", () => checkService({ name: "A", type: "http", port: 80 })],
  ["port", () => checkService({ name: "A", type: "_http._tcp", port: 65_536 })],
  ["name", () => checkService({ name: "", type: "_http._tcp", port: 80 })],
  ["txt", () => checkService({ type: "_http._tcp", port: 80, txt: { k: "x".repeat(254) } })],
  ["host", () => checkService({ type: "_http._tcp", port: 80, host: "a.b" })],
  ["interfaces", () => checkService({ type: "_http._tcp", port: 80, interfaces: [""] })],
  ["interfaces", () => checkService({ type: "_http._tcp", port: 80, interfaces: [] })],
  ["name", () => checkService({ name: null as never, type: "_http._tcp", port: 80 })],
  ["priority", () => checkService({ type: "_http._tcp", port: 80, priority: null as never })],
  ["wait", () => checkService({ type: "_http._tcp", port: 80, wait: 1 as never })],
  ["host", () => checkHost(null as never)],
  ["host", () => checkHost({ host: "a.b" })],
  ["addresses", () => checkHost({ host: "a", addresses: [] })],
])("a wrong %s is refused as publishing would refuse it", (option, check) => {
  expect(check).toThrow(expect.objectContaining({ name: "MdnsError", code: "ERR_MDNS_ARGUMENT" }));
  expect(check).toThrow(new RegExp(`^${option} must be .+, got `));
});

test("what can be published passes", () => {
  checkService({ type: "_http._tcp", port: 80 });
  checkService({ name: "A", type: "_http._tcp", port: 80, host: "nas", addresses: ["192.0.2.7"], txt: ["a=1"] });
  checkHost({});
  checkHost({ host: "nas", addresses: ["192.0.2.7"] });
});
