import { checkedFlag } from "./flag.ts";
import { type InstanceName, instanceName } from "./instance-name.ts";
import { linkFilter } from "./link-filter.ts";
import { checkFits, type HostPlan, hostPlan, type PublishOptions, serviceFacts } from "./publish-options.ts";
import type { ServiceFacts } from "./service-records.ts";

/** What the options of a service say, found to be right. */
export interface CheckedService {
  readonly facts: ServiceFacts;
  readonly plan: HostPlan;
  /** The name that is wanted. */
  readonly wanted: InstanceName;
  /** Whether it is to be published there. */
  readonly accepts: (link: { readonly name: string }) => boolean;
}

/**
 * @param ownLabel - the name of a service that has none of its own
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function checkedService(options: PublishOptions, ownLabel: string): CheckedService {
  const { name = ownLabel } = options;
  checkedFlag("wait", options.wait, true);
  const facts = serviceFacts(options);
  const plan = hostPlan(options);
  const wanted = instanceName(name, facts.type);
  const accepts = linkFilter(options.interfaces);
  checkFits(wanted.name, facts);
  return { facts, plan, wanted, accepts };
}
