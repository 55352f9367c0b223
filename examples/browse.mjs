// Lists services as they come, change and go: node examples/browse.mjs [TYPE] [INTERFACE]
import { Mdns } from "earshot";
import "./support/plain-errors.mjs";

const [type = "_http._tcp", interfaces] = process.argv.slice(2);
const mdns = new Mdns({ interfaces });
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stop.abort());

try {
  for await (const { kind, service } of mdns.browse(type, { signal: stop.signal })) {
    console.log(kind, service.name, `${service.host}:${service.port}`, service.addresses.join(" "), {
      ...service.txt.toObject(),
    });
  }
} catch (error) {
  if (!stop.signal.aborted) throw error;
} finally {
  await mdns.close();
}
