// What any answer costs at least: a socket hears the question and sends bytes that were made before.
import { createSocket } from "node:dgram";
import { encode } from "dns-packet";

const GROUP = "224.0.0.251";

export async function open({ address }) {
  const answer = encode({
    type: "response",
    answers: [{ name: "Service 1._http._tcp.local", type: "SRV", ttl: 10, data: { port: 80, target: "host1.local" } }],
  });
  const respond =
    (socket) =>
    (_question, { address, port }) =>
      socket.send(answer, port, address);
  const direct = createSocket({ type: "udp4", reuseAddr: true });
  direct.on("message", respond(direct));
  await bound(direct, address);
  const group = createSocket({ type: "udp4", reuseAddr: true });
  group.on("message", respond(direct));
  await bound(group, GROUP);
  group.addMembership(GROUP, address);
  return { publish: () => Promise.resolve() };
}

function bound(socket, address) {
  return new Promise((resolve, reject) => socket.once("error", reject).bind(5353, address, resolve));
}
