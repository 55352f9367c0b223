// Serves a page at http://NAME.local and counts visits in its TXT record: node examples/dev-server.mjs [NAME] [INTERFACE]
import { once } from "node:events";
import { createServer } from "node:http";
import { Mdns } from "earshot";
import "./support/plain-errors.mjs";

const [name = "my-app", interfaces] = process.argv.slice(2);
let visits = 0;
const server = createServer((_request, response) => {
  response.end(`visit ${++visits}\n`);
  ad?.update({ txt: { path: "/", visits } }).catch(() => {}); // closed by now
});
server.listen(0);
await once(server, "listening");

const mdns = new Mdns({ interfaces, hostName: name }); // NAME.local, beside the machine's own name
const ad = await mdns.publish({ name, type: "_http._tcp", port: server.address().port, txt: { path: "/", visits } });
console.log(`published "${ad.name}" at http://${ad.host}:${ad.port}/`);
ad.on("renamed", (now, before) => console.log(`"${before}" was taken, this is "${now}" now`));

await Promise.race(["SIGINT", "SIGTERM"].map((signal) => once(process, signal)));
await mdns.close(); // says goodbye first
server.close();
