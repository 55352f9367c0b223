import { expect, test } from "vitest";
import { nothingFound } from "../../src/cli/nothing-found.ts";

test("what was not found is named as it was asked for, and each time there is a next step", () => {
  expect([
    nothingFound({ list: "types", type: undefined, subtype: undefined }),
    nothingFound({ list: "services", type: undefined, subtype: undefined }),
    nothingFound({ list: "services", type: "_http._tcp", subtype: undefined }),
    nothingFound({ list: "services", type: "_http._tcp", subtype: "printer" }),
  ]).toEqual([
    "no service type found; mdns-monitor shows whether other hosts are heard at all",
    "no service found; mdns-monitor shows whether other hosts are heard at all",
    "no _http._tcp service found; mdns-browse --types lists what there is, mdns-monitor shows whether other hosts are heard at all",
    "no _http._tcp service with subtype printer found; without --subtype all of them are shown, mdns-monitor shows whether other hosts are heard at all",
  ]);
});
