// Publishes a service for a host that cannot do so itself, while its port answers:
// node examples/proxy.mjs NAME TYPE PORT HOST ADDRESS [INTERFACE]
import { once } from "node:events";
import { connect, isIP } from "node:net";
import { setTimeout } from "node:timers/promises";
import { Mdns } from "earshot";
import "./support/plain-errors.mjs";

const CHECK_EVERY = 2_000; // ms

const [name, type, port, host, address, interfaces] = process.argv.slice(2);
if (!isIP(address) || !(Number(port) > 0 && Number(port) < 65_536)) {
  console.error("usage: node examples/proxy.mjs NAME TYPE PORT HOST ADDRESS [INTERFACE]");
  process.exit(2);
}
const mdns = new Mdns({ interfaces });
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());

console.log(`waiting for ${address}:${port}`);
let ad;
while (!stop.signal.aborted) {
  const alive = await answers();
  if (alive && ad === undefined) {
    ad = await mdns.publish({ name, type, port: Number(port), host, addresses: [address] });
    console.log(`published "${ad.name}" at ${ad.host}:${ad.port} (${address})`);
  } else if (!alive && ad !== undefined) {
    await ad.close();
    console.log(`withdrawn "${ad.name}"`);
    ad = undefined;
  }
  await setTimeout(CHECK_EVERY, undefined, { signal: stop.signal }).catch(() => {});
}
await mdns.close();

async function answers() {
  const socket = connect({ host: address, port: Number(port) });
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(CHECK_EVERY) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
