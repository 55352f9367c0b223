import { channel } from "node:diagnostics_channel";
import { debuglog, inspect } from "node:util";
import type { TraceEvent } from "./core/output.ts";
import type { DnssdDiagnostic } from "./dnssd/dnssd-diagnostic.ts";
import type { LinkDiagnostic } from "./link/link-diagnostic.ts";
import type { MdnsTrace } from "./mdns-options.ts";

/**
 * Something worth knowing about the network or what is published. Also on the channel `earshot:diagnostic` of
 * `node:diagnostics_channel`, and printed with `NODE_DEBUG=earshot`.
 */
export type MdnsDiagnostic = LinkDiagnostic | DnssdDiagnostic;

const diagnosticChannel = channel("earshot:diagnostic");
const traceChannel = channel("earshot:trace");
const debug = debuglog("earshot");

export function reportDiagnostic(event: MdnsDiagnostic): void {
  debugLine(event);
  diagnosticChannel.publish(event);
}

/** @returns undefined when nobody wants to know, so that nothing is spent on it */
export function tracer(
  trace: ((event: MdnsTrace) => void) | undefined,
): ((event: TraceEvent, link: string) => void) | undefined {
  if (trace === undefined && !traceChannel.hasSubscribers && !debug.enabled) return undefined;
  return ({ what, name, why }, link) => {
    const event: MdnsTrace = {
      interface: link,
      what,
      ...(name !== undefined && { name: name.toString() }),
      ...(why !== undefined && { why }),
    };
    debugLine(event);
    traceChannel.publish(event);
    trace?.(event);
  };
}

function debugLine(event: MdnsDiagnostic | MdnsTrace): void {
  if (debug.enabled) debug("%s", inspect(event, { breakLength: Number.POSITIVE_INFINITY }));
}
