// Finds one service by its name: node examples/resolve.mjs [NAME] [TYPE] [INTERFACE]
import { Mdns } from "earshot";
import "./support/plain-errors.mjs";

const [name = "my-app", type = "_http._tcp", interfaces] = process.argv.slice(2);
const mdns = new Mdns({ interfaces });
try {
  const { host, port, addresses, txt } = await mdns.resolve(name, type, { timeout: 3_000 });
  console.log(`${host}:${port} (${addresses.join(", ")}), path ${txt.text("path") ?? "/"}`);
} catch (error) {
  if (error.code !== "ERR_MDNS_TIMEOUT") throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
} finally {
  await mdns.close();
}
