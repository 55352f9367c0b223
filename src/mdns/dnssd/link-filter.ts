import { globPattern } from "../link/glob.ts";
import { argumentError } from "./argument-error.ts";

/**
 * Whether to publish on a link, by the name of its interface.
 * @param interfaces - names, with wildcards; undefined for all
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function linkFilter(interfaces: unknown): (link: { readonly name: string }) => boolean {
  if (interfaces === undefined) return () => true;
  const list: readonly unknown[] = Array.isArray(interfaces) ? interfaces : [interfaces];
  if (list.length === 0 || !list.every((item) => typeof item === "string" && item !== "")) {
    throw argumentError("interfaces", "one or more names of interfaces, wildcards allowed", interfaces);
  }
  const patterns = list.map((item) => globPattern(item as string));
  return ({ name }) => patterns.some((pattern) => pattern.test(name));
}
