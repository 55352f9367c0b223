import { printable } from "./printable.ts";

/** What `mdns-browse` says when its end is reached and there was nothing: what to look at next. */
export function nothingFound(type: string | undefined): string {
  const next = "mdns-monitor shows whether other hosts are heard at all";
  return type === undefined
    ? `no service found; ${next}`
    : `no ${printable(type)} service found; mdns-browse --types lists what there is, ${next}`;
}
