import type { ChangeKind, Service } from "../mdns/index.ts";
import { txtJson } from "./txt-json.ts";

/** What `--json` prints for one change; keys are only ever added. */
export function serviceJson(kind: ChangeKind, service: Service, time: Date, subtype?: string): object {
  const identity = { event: kind, name: service.name, type: service.type, domain: service.domain };
  const context = {
    fullName: service.fullName,
    ...(subtype === undefined ? {} : { subtype }),
    time: time.toISOString(),
  };
  if (kind === "down") return { ...identity, interface: service.interface, ...context };
  return {
    ...identity,
    host: service.host,
    port: service.port,
    addresses: service.addresses,
    interface: service.interface,
    txt: txtJson(service.txt),
    txtRaw: Buffer.from(service.txtRaw).toString("base64"),
    priority: service.priority,
    weight: service.weight,
    ttl: service.links[0]?.ttl,
    links: service.links.map(({ interface: name, host, port, addresses, ttl }) => ({
      interface: name,
      host,
      port,
      addresses,
      ttl,
    })),
    ...context,
  };
}
