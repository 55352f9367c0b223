import { defaultHostName } from "./default-host-name.ts";
import { checkCallOptions } from "./dnssd/call-options.ts";
import { checkedService } from "./dnssd/checked-service.ts";
import { checkedHost, type PublishHostOptions } from "./dnssd/host-subject.ts";
import type { PublishOptions } from "./dnssd/publish-options.ts";

/**
 * Finds what is wrong with a service before anything is done: returns for what {@link Mdns.publish} takes.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function checkService(service: PublishOptions): void {
  checkCallOptions("service", service);
  checkedService(service, defaultHostName());
}

/**
 * Finds what is wrong with a host before anything is done: returns for what {@link Mdns.publishHost} takes.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function checkHost(host: PublishHostOptions): void {
  checkCallOptions("host", host);
  checkedHost(host);
}
