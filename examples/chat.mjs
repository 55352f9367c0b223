// Talks to everybody on the network who runs this too, without a server: node examples/chat.mjs NAME [INTERFACE]
import { isIPv4 } from "node:net";
import { createInterface } from "node:readline";
import { Mdns } from "earshot";
import { UdpSocket } from "earshot/udp";
import "./support/plain-errors.mjs";

const TYPE = "_earshot-chat._udp";

const [name, interfaces] = process.argv.slice(2);
if (name === undefined) {
  console.error("usage: node examples/chat.mjs NAME [INTERFACE]");
  process.exit(2);
}
const socket = new UdpSocket();
await socket.bind(null, 0);
const mdns = new Mdns({ interfaces });
const me = await mdns.publish({ name, type: TYPE, port: socket.addresses().localPort });
const room = mdns.browse(TYPE);
console.log(`you are ${me.name}`);
room.on("up", (member) => member.name !== me.name && console.log(`${shown(member.name)} is here`));
room.on("down", (member) => console.log(`${shown(member.name)} left`));

const input = createInterface({ input: process.stdin });
input.on("line", (line) => {
  for (const { name: other, addresses, port } of room.services) {
    const address = addresses.find(isIPv4);
    if (other !== me.name && address !== undefined) socket.trySendTo(address, port, Buffer.from(line));
  }
});
input.on("close", () => mdns.close().then(() => socket.close())); // end of input, or Ctrl-C

for await (const { data, host, port } of socket) {
  const from = room.services.find((member) => member.port === port && member.addresses.includes(host));
  if (from !== undefined) console.log(`${shown(from.name)}: ${shown(data.toString())}`);
}

/** Others may send what a terminal takes for commands. */
function shown(text) {
  return text.replace(/\p{C}/gu, "?");
}
