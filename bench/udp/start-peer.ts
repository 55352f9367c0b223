import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface Peer {
  readonly port: number;
  stop(): void;
}

export async function startPeer(role: "sink" | "echo" | "source"): Promise<Peer> {
  const child: ChildProcess = fork(fileURLToPath(new URL("./peer.ts", import.meta.url)), [role]);
  const [port] = (await once(child, "message")) as [number];
  return { port, stop: () => child.kill("SIGKILL") };
}
