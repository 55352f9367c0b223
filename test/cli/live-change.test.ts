import { expect, test } from "vitest";
import { parseLiveChange } from "../../src/cli/live-change.ts";
import type { Publication } from "../../src/mdns/index.ts";

const named = (name: string) => ({ name }) as Publication;
const web = named("Web");
const ssh = named("SSH");

test("with one service it need not be named", () => {
  expect(parseLiveChange('{"txt":{"state":"busy"},"port":81}', [web])).toEqual({
    publication: web,
    update: { txt: { state: "busy" }, port: 81 },
  });
});

test("a TXT value that is no text is given as mdns-browse prints it", () => {
  expect(parseLiveChange('{"txt":{"id":{"base64":"AP+A"}}}', [web])).toEqual({
    publication: web,
    update: { txt: { id: Uint8Array.of(0, 0xff, 0x80) } },
  });
});

test("with several the service is named as it is called now", () => {
  expect(parseLiveChange('{"service":"SSH","name":"Shell"}', [web, ssh])).toEqual({
    publication: ssh,
    update: { name: "Shell" },
  });
});

test.each([
  ["busy", "it is not JSON: Unexpected token"],
  ["[]", "a change is a JSON object"],
  ["null", "a change is a JSON object"],
  ["{}", "nothing to change; give txt or port or name"],
  ['{"type":"_x._tcp"}', '"type" cannot be changed; only txt, port, name can'],
  ['{"port":"81"}', 'change: "port" is a whole number, not "81"'],
  ['{"txt":{"id":{"base64":"/"}}}', 'change: "txt.id.base64" is base64'],
  ['{"txt":{}}', 'several services are published; say which one with "service"'],
  ['{"service":"FTP","txt":{}}', 'no service "FTP" is published'],
  [`{"name":"${"x".repeat(65_536)}"}`, "a line of more than 65536 characters is no change"],
])("%.40s is refused", (line, message) => {
  expect(() => parseLiveChange(line, [web, ssh])).toThrow(message);
});
