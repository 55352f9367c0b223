import { expect, test } from "vitest";
import { recordText } from "../../src/cli/record-text.ts";
import { Name, TYPE } from "../../src/mdns/wire/index.ts";

test("an NSEC names the types that there are, as a zone file does (RFC 4034 §4.2)", () => {
  const types = [TYPE.A, TYPE.AAAA, 65_280];
  expect(recordText({ kind: "nsec", next: Name.parse("peer.local"), types })).toBe("peer.local A AAAA TYPE65280");
});
