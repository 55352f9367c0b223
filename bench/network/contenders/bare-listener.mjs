// What hearing mDNS costs at least: a joined socket that looks at nothing.
import { createSocket } from "node:dgram";

const GROUP = "224.0.0.251";

export async function open({ address }) {
  const socket = createSocket({ type: "udp4", reuseAddr: true });
  socket.on("message", () => {});
  await new Promise((resolve) => socket.bind(5353, GROUP, resolve));
  socket.addMembership(GROUP, address);
  return { publish: () => Promise.resolve(), browse: () => {} };
}
