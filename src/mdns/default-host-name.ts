import { hostname } from "node:os";
import { MAX_LABEL } from "./wire/name.ts";

/** This machine's name as a host label: the first label of what the system says, without what hosts may not have. */
export function defaultHostName(system: string = hostname()): string {
  const [first = ""] = system.split(".");
  const label = first
    .replace(/[^a-z\d-]+/gi, "-")
    .slice(0, MAX_LABEL)
    .replace(/^-+|-+$/g, "");
  return label || "host";
}
