// The other end of a measurement, in a process of its own so that its CPU time is not counted.
import { createSocket } from "node:dgram";

type Role = "sink" | "echo" | "source";

const role = process.argv[2] as Role;
const socket = createSocket("udp4");

/** Never reads: the kernel's buffer fills and drops, so a sender is measured alone. */
function sink(): void {
  process.send?.(socket.address().port, () => {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });
}

function echo(): void {
  socket.on("message", (data, { port, address }) => socket.send(data, port, address));
  process.send?.(socket.address().port);
}

/** Answers a datagram `"COUNT SIZE"` with COUNT datagrams of SIZE bytes. */
function source(): void {
  socket.on("message", (data, { port, address }) => {
    const [count = 0, size = 0] = data.toString().split(" ").map(Number);
    const payload = Buffer.alloc(size, 1);
    for (let sent = 0; sent < count; sent++) socket.send(payload, port, address);
  });
  process.send?.(socket.address().port);
}

const roles: Record<Role, () => void> = { sink, echo, source };
socket.bind(0, "127.0.0.1", roles[role]);
process.on("disconnect", () => process.exit());
