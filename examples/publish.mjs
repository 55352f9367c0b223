// Publishes a web server that tells how often it was visited: node examples/publish.mjs [NAME] [INTERFACE]
import { once } from "node:events";
import { createServer } from "node:http";
import { Mdns } from "earshot";

const [name = "Visits", interfaces] = process.argv.slice(2);
let visits = 0;
const server = createServer((_request, response) => {
  response.end(`visit ${++visits}\n`);
  ad?.update({ txt: { path: "/", visits } });
});
server.listen(0);
await once(server, "listening");

const mdns = new Mdns({ interfaces });
const ad = await mdns.publish({ name, type: "_http._tcp", port: server.address().port, txt: { path: "/", visits } });
console.log(`published "${ad.name}" at http://${ad.host}:${ad.port}/`);
ad.on("renamed", (now, before) => console.log(`"${before}" was taken, this is "${now}" now`));

await once(process, "SIGINT");
await mdns.close(); // says goodbye first
server.close();
