// Fetches a page from a host in .local: node examples/http.mjs URL [INTERFACE]
import { get } from "node:http";
import { Mdns } from "earshot";

const [url = "http://visits.local/", interfaces] = process.argv.slice(2);
const mdns = new Mdns({ interfaces });
const request = get(url, { lookup: mdns.dnsLookup, agent: false });
request.on("response", (response) => response.pipe(process.stdout));
request.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
request.on("close", () => mdns.close());
