// refused-open-program.ts ERROR…   opens a network once for each error, with which the system answers the bind that all depends on
import { Mdns } from "../../../src/mdns/mdns.ts";
import { refuse } from "./refusing-system.ts";

const escaped: string[] = [];
process.on("uncaughtException", (error) => escaped.push(String(error)));
process.on("unhandledRejection", (error) => escaped.push(String(error)));

async function opened(): Promise<string> {
  const mdns = new Mdns({ families: ["ipv4"] });
  try {
    return await mdns.ready.then(
      () => "open",
      (error) => `${error.name} ${error.code} because of ${error.cause?.cause?.code}`,
    );
  } finally {
    await mdns.close();
  }
}

const outcomes: string[] = [];
for (const code of process.argv.slice(2)) {
  refuse("bind", new Map([["group", code]]));
  outcomes.push(await opened());
}
refuse();
outcomes.push(await opened());
process.stdout.write(`${JSON.stringify({ outcomes, escaped })}\n`);
