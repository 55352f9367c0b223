import type { Known } from "../core/core.ts";
import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import { CLASS } from "../wire/record-class.ts";
import { TYPE } from "../wire/record-type.ts";
import { argumentError } from "./argument-error.ts";
import { hostNamed } from "./host-name.ts";
import { instanceToFind } from "./instance-name.ts";
import type { Service } from "./service.ts";
import { serviceType } from "./service-type.ts";
import type { Session } from "./session.ts";

/**
 * A service did not answer where it should be: what is known of it is asked for again, and is gone in ten seconds if
 * nobody confirms it. RFC 6762 §10.4
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function reconfirm(session: Session, service: Pick<Service, "name" | "type" | "host">): void {
  if (typeof service !== "object" || service === null) throw argumentError("service", "a service", service);
  const type = serviceType(service.type);
  const { name } = instanceToFind(service.name, type);
  const host = hostNamed(service.host);
  for (const link of session.network.links) {
    for (const { record } of known(link, type.name, TYPE.PTR)) {
      if (record.data.kind === "name" && record.data.target.equals(name)) link.reconfirm(record);
    }
    const own = [...known(link, name, TYPE.SRV), ...known(link, name, TYPE.TXT)];
    const addresses = [...known(link, host, TYPE.A), ...known(link, host, TYPE.AAAA)];
    for (const { record } of [...own, ...addresses]) link.reconfirm(record);
  }
}

function known(link: Link, name: Name, type: number): readonly Known[] {
  return link.known({ name, type, class: CLASS.IN, unicast: false });
}
