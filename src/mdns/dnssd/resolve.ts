import { HostsOnLink } from "./hosts-on-link.ts";
import { type InstanceName, instanceToFind } from "./instance-name.ts";
import { InstanceWatch } from "./instance-watch.ts";
import { PATIENCE } from "./limits.ts";
import { LinkWatches } from "./link-watches.ts";
import { MdnsError } from "./mdns-error.ts";
import { checkedTimeout, pending, type WaitOptions } from "./pending.ts";
import { mergedService, type Service } from "./service.ts";
import { serviceType } from "./service-type.ts";
import type { Session } from "./session.ts";
import { Tick } from "./tick.ts";

/**
 * Finds one service by its name: as soon as it is whole on a link, or a little later where no address works without its
 * zone, which is all that many a program can use.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`, `ERR_MDNS_TIMEOUT` saying what is missing
 */
export function resolve(
  session: Session,
  name: string,
  type: string,
  { timeout, signal }: WaitOptions = {},
): Promise<Service> {
  const wanted = instanceToFind(name, serviceType(type));
  const limit = checkedTimeout(timeout, PATIENCE.resolve);
  const { random, clock } = session.network;
  let watches: LinkWatches<InstanceWatch> | undefined;
  const found = (): Service | undefined => serviceSeen(wanted, watches?.all ?? []);
  return pending<Service>(
    session,
    { timeout: limit, signal },
    (settle) => {
      const service = found();
      if (service !== undefined) settle.resolve(service);
      else settle.reject(timedOut(`"${name}" (${type}) was not resolved within ${limit} ms`, watches?.all ?? []));
    },
    (settle) => {
      let cancelGrace: (() => void) | undefined;
      const review = new Tick(() => {
        const service = found();
        if (service === undefined) return;
        if (!service.addresses.every(isZoned)) settle.resolve(service);
        else {
          cancelGrace ??= clock.at(clock.now() + PATIENCE.otherFamily, () => {
            cancelGrace = undefined;
            const now = found();
            if (now !== undefined) settle.resolve(now);
          });
        }
      });
      watches = new LinkWatches(session.network, (link) => {
        const surroundings = { link, hosts: new HostsOnLink(link), random };
        return new InstanceWatch(wanted.name, surroundings, () => review.request());
      });
      return () => {
        watches?.stop();
        review.cancel();
        cancelGrace?.();
      };
    },
  );
}

function serviceSeen(wanted: InstanceName, watches: readonly InstanceWatch[]): Service | undefined {
  const states = watches.map((watch) => watch.refresh());
  return mergedService(
    wanted,
    states.flatMap((state) => (typeof state === "string" ? [] : [state])),
  );
}

function isZoned(address: string): boolean {
  return address.includes("%");
}

function timedOut(what: string, watches: readonly InstanceWatch[]): MdnsError {
  const reasons = watches.map(({ link, missing }) => `${missing} on ${link.name}`);
  return new MdnsError("ERR_MDNS_TIMEOUT", `${what}: ${reasons.join(", ") || "no network interface is up"}`);
}
