import { expect, test } from "vitest";
import { txtDump, txtText } from "../../src/cli/txt-text.ts";

const bytesOf = (string: string | Uint8Array) => (typeof string === "string" ? Buffer.from(string) : string);

test.each([
  [["rp=ipp/print", "duplex"], "rp=ipp/print duplex"],
  [["note=second floor"], 'note="second floor"'],
  [['q=say "hi"'], 'q="say \\"hi\\""'],
  [["empty="], "empty="],
  [["a=b=c"], "a=b=c"],
  [["esc=\u001b[2J"], 'esc="\\u{1b}[2J"'],
  [[Buffer.from([0x6b, 0x3d, 0xff, 0x00])], "k=0xff00"],
  [[Buffer.from([0xff])], "0xff"],
  [["", "a=1", ""], "a=1"],
  [[""], ""],
])("%j reads %s", (strings, text) => {
  expect(txtText(strings.map(bytesOf))).toBe(text);
});

test("values that are no text are dumped as text and in hexadecimal (RFC 6763 §6.5; T-25)", () => {
  const value = Buffer.concat([Buffer.from("k="), Buffer.from("earshot\u0000\u0001"), Buffer.alloc(8, 0xff)]);
  expect(txtDump([Buffer.from("plain=text"), value])).toEqual([
    "k: 17 bytes",
    "  0000  65 61 72 73 68 6f 74 00 01 ff ff ff ff ff ff ff  earshot.........",
    `  0010  ff${" ".repeat(45)}  .`,
  ]);
});
