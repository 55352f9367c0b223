import type { Publication } from "../mdns/index.ts";
import { jsonLine, printable, printableName } from "./printable.ts";

export type PublishEvent = "published" | "renamed" | "updated" | "withdrawn";

/** What a reader knows of a publication. */
export type PublishedAs = Pick<Publication, "name" | "type" | "host" | "port">;

export interface PublishReport {
  readonly json: boolean;
  readonly print: (line: string) => void;
}

/** Says what became of a service or host: `published My Site (2) _http._tcp host.local:80`. */
export function reportPublication(
  event: PublishEvent,
  { name, type, host, port }: PublishedAs,
  { json, print }: PublishReport,
  previousName?: string,
): void {
  const isService = port !== 0;
  if (json) {
    const service = isService ? { type, domain: "local", port } : {};
    const previous = previousName === undefined ? {} : { previousName };
    print(jsonLine({ event, name, ...service, host, ...previous }));
    return;
  }
  const from = previousName === undefined ? "" : `${printable(previousName)} -> `;
  const what = isService ? `${printable(name)} ${type} ${printableName(host)}:${port}` : printableName(host);
  print(`${event} ${from}${what}`);
}
