import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { expect, test } from "vitest";
import { LOOPBACK, published, ROOT, uniqueType } from "./command.ts";

/** Runs a script on a machine of its own that has only a loopback interface. */
function alone(script: string) {
  return spawnSync("unshare", ["--map-root-user", "--net", "sh", "-c", `ip link set lo up && ${script}`], {
    cwd: ROOT,
    encoding: "utf8",
    timeout: 20_000,
  });
}
const canUnshare = alone("true").status === 0;
const HOLD = `node -e '
  const socket = require("node:dgram").createSocket("udp4");
  const { spawnSync } = require("node:child_process");
  socket.bind(5353, () => process.exit(spawnSync(process.argv[1], process.argv.slice(2), { stdio: "inherit" }).status));
'`;

test.for([["mdns-browse"], ["mdns-publish", "A", "_http._tcp", "80"], ["mdns-resolve", "a.local"], ["mdns-monitor"]])(
  "%j with port 5353 held by another program is one clear line and status 3 (K-06)",
  ([name, ...args], { skip }) => {
    if (!canUnshare) skip("no network namespace can be made here");
    const { stderr, stdout, status } = alone(`${HOLD} node dist/cli/${name}.js -i lo ${args.join(" ")}; echo $?`);
    expect([stdout, status]).toEqual(["3\n", 0]);
    expect(stderr).toMatch(new RegExp(`^${name}: [^\n]*5353[^\n]*\n$`));
  },
);

test("the demo says why it cannot go on with port 5353 held, and its status is not 0", ({ skip }) => {
  if (!canUnshare) skip("no network namespace can be made here");
  const { stderr, stdout } = alone(`${HOLD} node examples/demo.mjs; echo $?`);
  expect(stdout).toMatch(/^3$/m);
  expect(stderr).toMatch(/^The demo cannot go on: [^\n]*5353/m);
});

test.for(["mdns-browse", "mdns-browse --parsable", "mdns-monitor --json"])(
  "%s without any interface up says so, and what to do",
  (command, { skip }) => {
    if (!canUnshare) skip("no network namespace can be made here");
    const [name] = command.split(" ");
    const { stderr, stdout } = alone(`node dist/cli/${command.replace(/^\S+/, "$&.js")} --timeout 300ms; echo $?`);
    expect(stdout).toMatch(/^1$/m);
    expect(stderr).toMatch(new RegExp(`^${name}: no network interface is up[^\n]*-i[^\n]*\n$`));
  },
);

test("an interface that is named and cannot be used is what the sentence is about", ({ skip }) => {
  if (!canUnshare) skip("no network namespace can be made here");
  const { stderr } = alone("node dist/cli/mdns-browse.js -6 -i lo --timeout 300ms");
  expect(stderr).toMatch(/^mdns-browse: lo: not up, or without an address [^\n]*\n$/);
});

test.for([
  ["mdns-browse", "http"],
  ["mdns-publish", "A", "http", "80"],
  ["mdns-publish", "--host", "h", "--address", "10.77"],
  ["mdns-resolve", "10.77.1.999"],
  ["mdns-resolve", "good.local", "--type", "NOPE"],
])(
  "%j is found to be wrong before the network is opened, which has no interface here (K-06)",
  ([name, ...args], { skip }) => {
    if (!canUnshare) skip("no network namespace can be made here");
    const { stderr, stdout } = alone(`node dist/cli/${name}.js ${args.join(" ")}; echo $?`);
    expect(stdout).toBe("2\n");
    expect(stderr).toMatch(new RegExp(`^${name}: [^\n]* must be [^\n]*\nusage: [^\n]*\n$`));
  },
);

test.for(["mdns-browse", "mdns-monitor"])(
  "a link that may not be joined is told by %s, and does not end it (H-26)",
  (name, { skip }) => {
    if (!canUnshare) skip("no network namespace can be made here");
    const forbid = "echo 0 > /proc/sys/net/ipv4/igmp_max_memberships";
    if (alone(forbid).status !== 0) skip("the number of memberships cannot be limited here");
    const { stderr, stdout } = alone(`${forbid}; node dist/cli/${name}.js -i lo --timeout 300ms --json; echo $?`);
    expect(stdout).toMatch(/^1$/m);
    expect(stderr).toMatch(new RegExp(`^${name}: [^\n]*ENOBUFS[^\n]*\n$`));
  },
);

test.for([
  ["mdns-browse", "--json", "--timeout", "20s"],
  ["mdns-publish", "Other", "_http._tcp", "1"],
  ["mdns-resolve", "127.0.0.1"],
  ["mdns-monitor", "--timeout", "300ms"],
  ["mdns-browse", "--help"],
])("%j on a full disk is one clear line and status 3", async ([name, ...args], { skip }) => {
  if (!existsSync("/dev/full")) skip("there is no /dev/full here");
  await published("Some", uniqueType(), "1");
  const full = openSync("/dev/full", "w");
  const command = spawn(process.execPath, [`dist/cli/${name}.js`, ...args, "-i", LOOPBACK], {
    cwd: ROOT,
    stdio: ["ignore", full, "pipe"],
  });
  closeSync(full);
  let stderr = "";
  command.stderr?.on("data", (data) => (stderr += data));
  const [status] = await once(command, "close");
  expect([status, stderr]).toEqual([
    3,
    expect.stringMatching(new RegExp(`^(?:${name}: no packet[^\n]*\n)?${name}: cannot write[^\n]*ENOSPC[^\n]*\n$`)),
  ]);
});
