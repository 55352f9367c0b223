// Joins both mDNS groups on one interface and prints each datagram heard as a JSON line.
import { createSocket } from "node:dgram";

const [interfaceName, ipv4] = process.argv.slice(2);

function record(socket, group, local) {
  socket.on("message", (bytes, from) => {
    process.stdout.write(`${JSON.stringify({ from: from.address, bytes: bytes.toString("base64") })}\n`);
  });
  socket.bind(5353, group, () => {
    socket.addMembership(group.replace(/%.*/, ""), local);
    process.stdout.write(`listening ${group}\n`);
  });
}

if (ipv4 !== undefined) record(createSocket({ type: "udp4", reuseAddr: true }), "224.0.0.251", ipv4);
record(createSocket({ type: "udp6", reuseAddr: true }), `ff02::fb%${interfaceName}`, `::%${interfaceName}`);
