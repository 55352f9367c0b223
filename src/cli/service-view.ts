import type { Service } from "../mdns/index.ts";
import { type AvahiRow, avahiDownLine, avahiUpLines } from "./avahi-line.ts";
import type { BrowseSettings } from "./browse-settings.ts";
import type { Paint } from "./paint.ts";
import { jsonLine } from "./printable.ts";
import { type ChangeKind, serviceJson } from "./service-json.ts";
import { serviceLines } from "./service-line.ts";
import { Sightings } from "./sightings.ts";

/** Turns each change of a service into lines of output. */
export type ServiceView = (kind: ChangeKind, service: Service) => string[];

export function serviceView(settings: BrowseSettings, paint: Paint, now: () => Date): ServiceView {
  if (settings.format === "avahi") return avahiView(settings);
  const lines: ServiceView =
    settings.format === "json"
      ? (kind, service) => [jsonLine(serviceJson(kind, service, now(), settings.subtype))]
      : (kind, service) => serviceLines(kind, service, { paint, verbose: settings.verbose });
  if (!settings.perInterface) return lines;
  const sightings = new Sightings(byLink, fingerprint);
  return (kind, service) => sightings.apply(kind, service).flatMap((change) => lines(change.kind, change.row));
}

function avahiView(settings: BrowseSettings): ServiceView {
  const sightings = new Sightings(byLinkAndFamily, ({ service }) => fingerprint(service));
  return (kind, service) =>
    sightings
      .apply(kind, service)
      .flatMap((change) =>
        change.kind === "down"
          ? [avahiDownLine(change.row, settings)]
          : avahiUpLines(change.row, change.kind === "up", settings),
      );
}

/** The service as each link alone shows it. */
function byLink(service: Service): ReadonlyMap<string, Service> {
  return new Map(service.links.map((link) => [link.interface, { ...service, ...link, links: [link] }]));
}

function byLinkAndFamily(service: Service): ReadonlyMap<string, AvahiRow> {
  return new Map(
    [...byLink(service).values()].flatMap((seen) =>
      (["IPv4", "IPv6"] as const).flatMap((protocol): [string, AvahiRow][] => {
        const addresses = seen.addresses.filter((address) => address.includes(":") === (protocol === "IPv6"));
        if (addresses.length === 0) return [];
        return [[`${seen.interface} ${protocol}`, { service: { ...seen, addresses }, protocol }]];
      }),
    ),
  );
}

function fingerprint({ host, port, addresses, txtRaw }: Service): string {
  return JSON.stringify([host, port, addresses, Buffer.from(txtRaw).toString("base64")]);
}
