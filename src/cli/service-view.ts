import type { ChangeKind, Service } from "../mdns/index.ts";
import { type AvahiRow, avahiDownLine, avahiUpLines } from "./avahi-line.ts";
import type { BrowseSettings } from "./browse-settings.ts";
import type { Paint } from "./paint.ts";
import { jsonLine } from "./printable.ts";
import { serviceJson } from "./service-json.ts";
import { serviceLines } from "./service-line.ts";
import { Sightings } from "./sightings.ts";

/** Turns each change of a service into lines of output. */
export type ServiceView = (kind: ChangeKind, service: Service) => string[];

/** @param families - those of the search that finds the services */
export function serviceView(
  settings: BrowseSettings,
  families: BrowseSettings["families"],
  paint: Paint,
  now: () => Date,
): ServiceView {
  if (settings.format === "avahi") return avahiView(settings, families?.includes("ipv6") === true ? "IPv6" : "IPv4");
  const lines: ServiceView =
    settings.format === "json"
      ? (kind, service) => [jsonLine(serviceJson(kind, service, now(), settings.subtype))]
      : (kind, service) => serviceLines(kind, service, { paint, verbose: settings.verbose });
  if (!settings.perInterface) return lines;
  const sightings = new Sightings(byLink, fingerprint);
  return (kind, service) => sightings.apply(kind, service).flatMap((change) => lines(change.kind, change.row));
}

function avahiView(settings: BrowseSettings, protocol: AvahiRow["protocol"]): ServiceView {
  const sightings = new Sightings(
    (service) => avahiRows(service, protocol),
    ({ service }) => fingerprint(service),
  );
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

/** What came over one IP version, with an address of that version if there is one. */
function avahiRows(service: Service, protocol: AvahiRow["protocol"]): ReadonlyMap<string, AvahiRow> {
  const isOfProtocol = (address: string): boolean => address.includes(":") === (protocol === "IPv6");
  return new Map(
    [...byLink(service)].flatMap(([name, seen]): [string, AvahiRow][] => {
      const address = seen.addresses.find(isOfProtocol) ?? seen.addresses[0];
      return address === undefined ? [] : [[name, { service: { ...seen, addresses: [address] }, protocol }]];
    }),
  );
}

function fingerprint({ host, port, addresses, txtRaw }: Service): string {
  return JSON.stringify([host, port, addresses, Buffer.from(txtRaw).toString("base64")]);
}
