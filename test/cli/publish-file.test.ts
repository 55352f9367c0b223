import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { wantedByFile } from "../../src/cli/publish-file.ts";
import { txtJson } from "../../src/cli/txt-json.ts";
import { serviceFixture } from "./service-fixture.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "earshot-file-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(content: unknown) {
  const path = join(folder, "services.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return wantedByFile(path);
}

const NAS = { host: "nas", addresses: ["192.0.2.7"] };
const WEB = { name: "Web", type: "_http._tcp", port: 80 };

test("a file is an array of services", () => {
  const nas = { ...WEB, name: "NAS", host: "nas", addresses: ["192.0.2.7"], txt: { a: "1", b: true, c: 2 } };
  expect(read([WEB, nas])).toEqual([
    { kind: "service", options: WEB, place: expect.stringMatching(/services\.json: service 1$/) },
    { kind: "service", options: nas, place: expect.stringMatching(/services\.json: service 2$/) },
  ]);
});

test("an entry with only host and addresses publishes these", () => {
  expect(read([NAS])).toEqual([{ kind: "host", ...NAS, place: expect.stringMatching(/service 1$/) }]);
});

test("TXT is written as mdns-browse prints it, so that a service found can be published again", () => {
  const { txt } = serviceFixture({ txt: [Buffer.of(0x69, 0x3d, 0, 0xff, 0x80), "none=", "text=é", "flag"] });
  const printed = { i: { base64: "AP+A" }, none: "", text: "é", flag: true };
  expect(txtJson(txt)).toEqual(printed);
  const [web] = read([{ ...WEB, txt: printed }]);
  expect(web).toMatchObject({ options: { txt: { ...printed, i: Uint8Array.of(0, 0xff, 0x80) } } });
});

test.each([
  [{}, "an array of services is wanted"],
  [[1], "service 1 is not an object"],
  [[WEB, { ...WEB, nmae: "x" }], 'service 2: unknown key "nmae"; known are name, type, port'],
  [[{ ...WEB, port: "80" }], 'service 1: "port" is a whole number, not "80"'],
  [[{ ...WEB, txt: ["a"] }], 'service 1: "txt" is an object, not ["a"]'],
  [[{ ...WEB, txt: { a: null } }], 'service 1: "txt.a" is a string, number, boolean or {"base64": "…"}, not null'],
  [[{ ...WEB, txt: { a: ["x"] } }], 'service 1: "txt.a" is a string, number, boolean or {"base64": "…"}, not ["x"]'],
  [[WEB, { ...WEB, txt: { b: {} } }], 'service 2: "txt.b" is a string, number, boolean or {"base64": "…"}, not {}'],
  [
    [{ ...WEB, txt: { a: { base64: "AA==", b: 1 } } }],
    '"txt.a" is a string, number, boolean or {"base64": "…"}, not {"base64"',
  ],
  [
    [{ ...WEB, txt: { a: { base64: 1 } } }],
    'service 1: "txt.a.base64" is base64 with its padding (RFC 4648 §4), not 1',
  ],
  [[{ ...WEB, txt: { a: { base64: "AP-A" } } }], '"txt.a.base64" is base64 with its padding (RFC 4648 §4), not "AP-A"'],
  [[{ ...WEB, txt: { a: { base64: "AA" } } }], '(RFC 4648 §4), not "AA"'],
  [[{ ...WEB, txt: { a: { base64: "AB==" } } }], '(RFC 4648 §4), not "AB=="'],
  [[{ ...WEB, txt: { a: { base64: " AA==" } } }], '(RFC 4648 §4), not " AA=="'],
  [
    '[{ "name": "Web", "type": "_http._tcp", "port": 80, "txt": { "__proto__": null } }]',
    '"txt.__proto__" is a string',
  ],
  [[{ ...WEB, subtypes: "_x" }], 'service 1: "subtypes" is an array of strings, not "_x"'],
  [[{ name: "Web", port: 80 }], 'service 1 has no "type"'],
  [[{ ...WEB, host: "nas" }], 'service 1 has a "host" without "addresses"'],
  [[WEB, WEB], "service 2 is there twice"],
  [[NAS, NAS], "service 2 is there twice"],
  [[{ host: "nas" }], 'service 1 has no "name"'],
  ['[{"__proto__": 1}]', 'unknown key "__proto__"'],
  ["", "services.json is not JSON: Unexpected end"],
  ['[{"name":\n  "Web",}]', "services.json is not JSON: Expected double-quoted property name (line 2, column 9)"],
])("%j is refused, naming the file and what is wrong", (content, message) => {
  expect(() => read(content)).toThrow(message);
  expect(() => read(content)).toThrow(/^--file .*services\.json(?:: | is not JSON: )/);
});

test("a file that cannot be read is named, with the reason in words", () => {
  expect(() => wantedByFile(join(folder, "none.json"))).toThrow(
    /^--file .*none\.json cannot be read: no such file or directory$/,
  );
  expect(() => wantedByFile(folder)).toThrow(/^--file .* cannot be read: illegal operation on a directory$/);
});
