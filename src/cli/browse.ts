import type { ChangeKind, Mdns, Service } from "../mdns/index.ts";
import { aborted } from "./aborted.ts";
import type { Arguments } from "./arguments.ts";
import { type BrowseSettings, browseSettings } from "./browse-settings.ts";
import type { CommandIo, LiveScreenView } from "./command-io.ts";
import { Ending } from "./ending.ts";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import { noLink } from "./no-link.ts";
import { nothingFound } from "./nothing-found.ts";
import { isOwnService } from "./own-service.ts";
import { Presence } from "./presence.ts";
import { jsonLine, printable } from "./printable.ts";
import { typeLine } from "./service-line.ts";
import { serviceView } from "./service-view.ts";

/** Anyone can advertise types without end; browsing each costs a question. */
const MOST_TYPES = 1_000;

/** Runs `mdns-browse`. */
export async function browse(given: Arguments, io: CommandIo): Promise<ExitStatus> {
  const settings = browseSettings(given);
  const { interfaces } = settings;
  const networks = await Promise.all(
    settings.searches.map((families) => io.prepareMdns({ interfaces, families }, settings)),
  );
  const all = networks.map(({ mdns }) => mdns);
  const live = settings.live ? await io.liveView(io.paint(settings)) : undefined;
  const ending = new Ending(settings.end);
  try {
    const browsing = { settings, io, ending, shown: new Presence() };
    for (const [index, mdns] of all.entries()) {
      if (settings.list === "types") listTypes(mdns, browsing);
      else listServices(mdns, browsing, live ?? lineOutput(browsing, settings.searches[index]));
    }
    const usable = await Promise.all(networks.map(({ opened }) => opened()));
    if (!usable.includes(true)) io.note(noLink(interfaces));
    live?.open();
    await aborted(AbortSignal.any([io.stop, ending.signal]));
    if (!ending.signal.aborted || ending.found > 0) return EXIT.done;
    if (all.some(({ counters }) => counters.links.length > 0)) io.note(nothingFound(settings));
    return EXIT.nothingFound;
  } finally {
    live?.close();
    ending.cancel();
    await Promise.all(all.map((mdns) => mdns.close()));
  }
}

/** What all searches of one call have in common. */
interface Browsing {
  readonly settings: BrowseSettings;
  readonly io: CommandIo;
  readonly ending: Ending;
  readonly shown: Presence;
}

function listTypes(mdns: Mdns, { settings, io, ending }: Browsing): void {
  const style = { paint: io.paint(settings), verbose: settings.verbose };
  const report = (kind: "up" | "down", type: string): void => {
    if (ending.signal.aborted) return;
    io.print(
      settings.format === "json" ? jsonLine({ event: kind, type, domain: "local" }) : typeLine(kind, type, style),
    );
    if (kind === "up") ending.count();
    ending.changed();
  };
  const browser = mdns.browseTypes({ immediate: true });
  browser.on("up", (type) => report("up", type));
  browser.on("down", (type) => report("down", type));
}

/** Where changes of services go. */
type Output = Pick<LiveScreenView, "change">;

function lineOutput({ settings, io }: Browsing, families: BrowseSettings["families"]): Output {
  const view = serviceView(settings, families, io.paint(settings), () => new Date());
  return {
    change(kind, service) {
      for (const line of view(kind, service)) io.print(line);
    },
  };
}

function listServices(mdns: Mdns, browsing: Browsing, output: Output): void {
  const { settings, ending, shown } = browsing;
  const hidden = new Set<string>();
  const report = (kind: ChangeKind, service: Service): void => {
    if (ending.signal.aborted) return;
    if (kind === "up" && settings.ignoreLocal && isOwnService(service)) hidden.add(service.fullName);
    if (hidden.has(service.fullName)) {
      if (kind === "down") hidden.delete(service.fullName);
      return;
    }
    output.change(kind, onlyFamilies(service, settings));
    if (shown.isNew(kind, service.fullName)) ending.count();
    ending.changed();
  };
  const follow = (type: string): void => {
    const { subtype } = settings;
    const browser = mdns.browse(type, { immediate: true, ...(subtype === undefined ? {} : { subtype }) });
    for (const kind of ["up", "update", "down"] as const) browser.on(kind, (service) => report(kind, service));
  };
  if (settings.type !== undefined) follow(settings.type);
  else followAllTypes(mdns, follow, browsing);
}

function followAllTypes(mdns: Mdns, follow: (type: string) => void, { io, ending }: Browsing): void {
  const followed = new Set<string>();
  mdns.browseTypes({ immediate: true }).on("up", (type) => {
    if (ending.signal.aborted || followed.has(type)) return;
    if (followed.size === MOST_TYPES) {
      io.note(`more than ${MOST_TYPES} service types are advertised; ${printable(type)} is not followed`);
      return;
    }
    followed.add(type);
    ending.changed();
    follow(type);
  });
}

function onlyFamilies(service: Service, { families }: BrowseSettings): Service {
  if (families === undefined) return service;
  const wanted = (address: string) => families.includes(address.includes(":") ? "ipv6" : "ipv4");
  return {
    ...service,
    addresses: service.addresses.filter(wanted),
    links: service.links.map((link) => ({ ...link, addresses: link.addresses.filter(wanted) })),
  };
}
