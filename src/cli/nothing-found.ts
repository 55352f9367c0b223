import type { BrowseSettings } from "./browse-settings.ts";
import { printable } from "./printable.ts";

/** What `mdns-browse` says when its end is reached and there was nothing: what to look at next. */
export function nothingFound({ list, type, subtype }: Pick<BrowseSettings, "list" | "type" | "subtype">): string {
  const heard = "mdns-monitor shows whether other hosts are heard at all";
  if (list === "types") return `no service type found; ${heard}`;
  if (type === undefined) return `no service found; ${heard}`;
  const service = `${printable(type)} service`;
  if (subtype === undefined) return `no ${service} found; mdns-browse --types lists what there is, ${heard}`;
  return `no ${service} with subtype ${printable(subtype)} found; without --subtype all of them are shown, ${heard}`;
}
