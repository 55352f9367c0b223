// node examples/udp-select.mjs   waits for two sockets at once, with a time limit
import { sync, UdpSocket } from "earshot/udp";

const [commands, measurements, sender] = [new UdpSocket(), new UdpSocket(), new UdpSocket()];
await commands.bind("127.0.0.1", 0);
await measurements.bind("127.0.0.1", 0);

async function nextEvent() {
  const event = await sync(
    [
      commands.receiveEvt().map(({ data }) => `command ${data}`),
      measurements.receiveEvt().map(({ data }) => `measurement ${data}`),
    ],
    { timeoutMs: 50 },
  );
  return event ?? "nothing for 50 ms"; // null is the time-out; the event not chosen has taken nothing
}

await sender.sendTo("127.0.0.1", measurements.addresses().localPort, Buffer.from("21.5"));
console.log(await nextEvent());
await sender.sendTo("127.0.0.1", commands.addresses().localPort, Buffer.from("stop"));
console.log(await nextEvent());
console.log(await nextEvent());

for (const socket of [commands, measurements, sender]) socket.close();
