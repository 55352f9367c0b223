import { argumentError } from "./argument-error.ts";

/** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
export function checkedFlag(option: string, value: unknown, otherwise: boolean): boolean {
  if (value === undefined) return otherwise;
  if (typeof value === "boolean") return value;
  throw argumentError(option, "true or false", value);
}
