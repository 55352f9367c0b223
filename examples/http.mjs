// Opens a page of a host in .local, by default that of dev-server.mjs: node examples/http.mjs [URL] [INTERFACE]
import { get } from "node:http";
import { Mdns } from "earshot";
import "./support/plain-errors.mjs";

const given = process.argv.slice(2);
const url = given.find((argument) => argument.includes("://"));
const interfaces = given.find((argument) => !argument.includes("://"));
const mdns = new Mdns({ interfaces });
const request = get(url ?? (await urlOf("my-app")), { lookup: mdns.dnsLookup, agent: false });
request.on("response", (response) => response.pipe(process.stdout));
request.on("error", ({ message, code }) => {
  console.error(message || code); // where several addresses refuse, there is no message
  process.exitCode = 1;
});
request.on("close", () => mdns.close());

async function urlOf(name) {
  const { host, port, txt } = await mdns.resolve(name, "_http._tcp");
  return `http://${host}:${port}${txt.text("path") ?? "/"}`;
}
