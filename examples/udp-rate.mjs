// node examples/udp-rate.mjs   a sender with a fixed rate that never waits for the network
import { sync, timeout, UdpSocket } from "earshot/udp";

async function stream(socket, host, port, frames, perSecond) {
  let skipped = 0;
  let next = timeout(0);
  for (const frame of frames) {
    await sync(next);
    next = timeout(1_000 / perSecond);
    if (!socket.trySendTo(host, port, frame)) skipped++; // the queue is full, and a late frame is worth nothing
  }
  return skipped;
}

const [camera, screen] = [new UdpSocket(), new UdpSocket()];
await screen.bind("127.0.0.1", 0);
const frames = Array.from({ length: 10 }, (_, number) => Buffer.from(`frame ${number}`));
const skipped = await stream(camera, "127.0.0.1", screen.addresses().localPort, frames, 200);
console.log(`${camera.counters.sent} sent, ${skipped} skipped`);

camera.close();
screen.close();
