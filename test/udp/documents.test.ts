import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import * as udp from "../../src/udp/index.ts";
import { deadPort } from "./loopback.ts";

const ROOT = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), "utf8");
const guide = read("docs/udp.md");
const examples = readdirSync(new URL("examples/", ROOT)).filter((name) => /^udp-.*\.mjs$/.test(name));

// The manual's UDP chapter has these 33.
const BINDINGS =
  `udp-open-socket udp-bind! udp-connect! udp-send-to udp-send-to* udp-send-to/enable-break udp-send udp-send*
  udp-send/enable-break udp-receive! udp-receive!* udp-receive!/enable-break udp-set-receive-buffer-size! udp-close udp?
  udp-bound? udp-connected? udp-send-ready-evt udp-receive-ready-evt udp-send-to-evt udp-send-evt udp-receive!-evt
  udp-addresses udp-set-ttl! udp-ttl udp-multicast-join-group! udp-multicast-leave-group! udp-multicast-interface
  udp-multicast-set-interface! udp-multicast-set-loopback! udp-multicast-loopback? udp-multicast-set-ttl!
  udp-multicast-ttl`.split(/\s+/);

const rows = [...guide.matchAll(/^\| `(udp[^`]*)` \| (.*?) \| (.*?) ?\|$/gm)].map(([, racket, here]) => ({
  racket,
  here,
}));

test("the table has each of the 33 bindings once", () => {
  expect(BINDINGS.length).toBe(33);
  expect(rows.map(({ racket }) => racket).toSorted()).toEqual(BINDINGS.toSorted());
});

test.each(rows)("$racket is there: $here", ({ here }) => {
  const names = [...(here ?? "").matchAll(/(new UdpSocket|UdpSocket|socket)(?:\.(\w+))?/g)];
  expect(names.length).toBeGreaterThan(0);
  for (const [, on, name] of names) {
    const owner = on === "socket" ? udp.UdpSocket.prototype : udp.UdpSocket;
    expect(on === "new UdpSocket" || (name ?? "") in owner).toBe(true);
  }
});

test("the guide names every member and every function", () => {
  const members = Object.getOwnPropertyNames(udp.UdpSocket.prototype).filter((name) => name !== "constructor");
  const missing = [...members, ...Object.keys(udp)].filter((name) => !new RegExp(`\\b${name}\\b`).test(guide));
  expect(missing).toEqual([]);
});

test("every code block of the guide is part of an example", () => {
  const blocks = [...guide.matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  expect(blocks.length).toBe(4);
  const code = examples.map((name) => read(`examples/${name}`));
  for (const [, , block = ""] of blocks) expect(code.some((text) => text.includes(block.trim()))).toBe(true);
});

const printed: Readonly<Record<string, string>> = {
  "udp-echo.mjs": "echoed: hello\n",
  "udp-chat.mjs": "Ann: anyone here?\nBen: yes\n",
  "udp-select.mjs": "measurement 21.5\ncommand stop\nnothing for 50 ms\n",
  "udp-rate.mjs": "10 sent, 0 skipped\n",
};

test.each(examples)("examples/%s runs and ends by itself", async (name) => {
  const file = fileURLToPath(new URL(`examples/${name}`, ROOT));
  const loaders = ["--import", "tsx", "--import", fileURLToPath(new URL("../source-imports.mjs", import.meta.url))];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...loaders, file, String(await deadPort())], {
    timeout: 25_000,
  });
  expect({ stdout, stderr }).toEqual({ stdout: printed[name], stderr: "" });
});
