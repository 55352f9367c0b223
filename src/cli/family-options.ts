import type { Family } from "../mdns/index.ts";
import type { Arguments } from "./arguments.ts";

/** The IP versions that `-4` and `-6` leave; `undefined` for both. */
export function chosenFamilies(given: Arguments): readonly Family[] | undefined {
  if (given.has("ipv4") === given.has("ipv6")) return undefined;
  return given.has("ipv4") ? ["ipv4"] : ["ipv6"];
}
