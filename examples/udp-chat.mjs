// node examples/udp-chat.mjs [PORT]   two members of a group chat, on the loopback interface
import "./support/plain-errors.mjs";
import { UdpSocket } from "earshot/udp";

const GROUP = "239.255.77.77";
const PORT = Number(process.argv[2] ?? 45_454);
const INTERFACE = "127.0.0.1"; // the address of the interface to chat on

async function joinChat() {
  const socket = new UdpSocket();
  await socket.bind(GROUP, PORT, { reuse: true }); // several members on one machine share the port
  socket.joinGroup(GROUP, INTERFACE);
  socket.setMulticastInterface(INTERFACE);
  return socket;
}

const say = (socket, name, line) => socket.sendTo(GROUP, PORT, Buffer.from(`${name}: ${line}`));

const [ann, ben] = [await joinChat(), await joinChat()];
await say(ann, "Ann", "anyone here?");
await say(ben, "Ben", "yes");

for (let line = 0; line < 2; line++) {
  const { data } = await ben.receive();
  console.log(data.toString()); // members hear themselves, too
}
ann.close();
ben.close();
