// node examples/udp-echo.mjs   an echo server and one client of it
import { UdpSocket } from "earshot/udp";

const server = new UdpSocket();
await server.bind("127.0.0.1", 0);
const { localPort } = server.addresses();

async function serve() {
  for await (const { data, host, port } of server) {
    server.trySendTo(host, port, data); // false if the network is busy: UDP may lose, and the server never waits
  }
}
const serving = serve();

const client = new UdpSocket();
await client.sendTo("127.0.0.1", localPort, Buffer.from("hello"));
const { data } = await client.receive({ signal: AbortSignal.timeout(5_000) });
console.log(`echoed: ${data}`);

client.close();
server.close(); // ends the iteration
await serving;
