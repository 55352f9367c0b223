import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const LOADERS = ["--import", "tsx", "--import", fileURLToPath(new URL("../source-imports.mjs", import.meta.url))];
const SETUP = `
  import { sync, UdpSocket } from "earshot/udp";
  const socket = new UdpSocket();
  await socket.bind("127.0.0.1", 0);
`;

/** What the program printed, and whether it ended by itself. */
function run(code: string): Promise<{ ended: boolean; code: number | null }> {
  const args = [...LOADERS, "--input-type=module", "--eval", `${SETUP}${code}`];
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args);
    let killed = false;
    child.stdout?.on("data", (said: Buffer) => {
      if (!String(said).includes("waiting")) return;
      killed = true;
      child.kill();
    });
    child.on("exit", (status) => resolve({ ended: !killed, code: status }));
  });
}

// A program that is kept running prints "waiting" from an unref'd timer and is killed then; one that is not has ended.
const KEPT = 'setTimeout(() => console.log("waiting"), 300).unref();';

test.each([
  ["an open socket alone", ""],
  [
    "a wait that was broken",
    "const a = new AbortController(); socket.receive({ signal: a.signal }).catch(() => {}); a.abort();",
  ],
  ["a receive on an unref'd socket", "socket.unref(); void socket.receive();"],
  ["a handler that was taken away", "socket.deliverTo(() => {}); socket.deliverTo(() => {}); socket.deliverTo(null);"],
  ["a sync that is over", "await sync(socket.receiveEvt(), { timeoutMs: 1 });"],
])("%s lets the process end", async (_what, code) => {
  expect(await run(`${code} ${KEPT}`)).toMatchObject({ ended: true });
});

test.each([
  ["a waiting receive", "void socket.receive();"],
  ["a waiting sync", "void sync([socket.receiveReadyEvt()]);"],
  ["an iteration", "(async () => { for await (const _ of socket); })();"],
  ["a handler", "socket.deliverTo(() => {});"],
  ["a ref'd socket", "socket.ref();"],
])("%s keeps the process running", async (_what, code) => {
  expect(await run(`${code} ${KEPT}`)).toMatchObject({ ended: false });
});
