import { networkInterfaces } from "node:os";
import type { Service } from "../mdns/index.ts";

/** Whether a service runs on this host: one of its addresses is ours. */
export function isOwnService(service: Service): boolean {
  const own = new Set(
    Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .map(({ address }) => address),
  );
  return service.addresses.some((address) => own.has(address.replace(/%.*$/, "")));
}
