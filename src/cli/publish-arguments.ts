import { type Argument, type Arguments, argumentsOf } from "./arguments.ts";
import { UsageError } from "./usage-error.ts";
import type { Wanted, Wishes } from "./wanted-service.ts";

/** The services that a command line names, in their order. @throws {@link UsageError} */
export function wishesByArguments(given: Arguments): Wishes {
  const parts = segments(given.ordered).map(argumentsOf);
  const wanted = parts.map(wantedBy);
  return { ...ownHostName(parts), wanted };
}

/** A host without addresses is this one: it has one name. */
function ownHostName(parts: readonly Arguments[]): { readonly hostName?: string } {
  const own = parts.filter((part) => part.values("address").length === 0).flatMap((part) => part.value("host") ?? []);
  const [hostName, other] = new Set(own);
  if (other !== undefined) {
    throw new UsageError(`--host ${other} without --address is this host, which is called ${hostName} already`);
  }
  return hostName === undefined ? {} : { hostName };
}

/** A command line cut at each `--and`. */
function segments(ordered: readonly Argument[]): Argument[][] {
  const parts: Argument[][] = [[]];
  for (const argument of ordered) {
    if (argument.kind === "option" && argument.name === "and") parts.push([]);
    else parts.at(-1)?.push(argument);
  }
  return parts;
}

function wantedBy(given: Arguments): Wanted {
  const host = given.value("host");
  const addresses = given.values("address");
  if (addresses.length > 0 && host === undefined) throw new UsageError(`--address ${addresses[0]} needs --host HOST`);
  const [name, type, port, ...txt] = given.operands;
  if (name === undefined && host !== undefined && addresses.length > 0) return { kind: "host", host, addresses };
  if (name === undefined || type === undefined || port === undefined) {
    throw new UsageError(`NAME TYPE PORT wanted; ${missing(given)} missing`);
  }
  const priority = given.value("priority");
  const weight = given.value("weight");
  return {
    kind: "service",
    options: {
      name,
      type,
      port: parseUint16("PORT", port, 1),
      txt: txt.map(txtString),
      subtypes: given.values("subtype"),
      ...(addresses.length === 0 ? {} : { host, addresses }),
      ...(priority === undefined ? {} : { priority: parseUint16("--priority", priority, 0) }),
      ...(weight === undefined ? {} : { weight: parseUint16("--weight", weight, 0) }),
    },
  };
}

function missing({ operands, value }: Arguments): string {
  const [name, type] = operands;
  if (name !== undefined) return type === undefined ? "TYPE is" : "PORT is";
  const host = value("host");
  return host === undefined ? "NAME is" : `NAME, or --address to publish only the host ${host}, is`;
}

function txtString(text: string): string {
  if (text.startsWith("=")) throw new UsageError(`KEY=VALUE "${text}" has no key before the "="`);
  return text;
}

/** Reads a number that fits 16 bits. @throws {@link UsageError} naming what it is and the value */
function parseUint16(what: string, text: string, least: number): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= least && value <= 65_535)) {
    throw new UsageError(`${what} is a whole number from ${least} to 65535, not "${text}"`);
  }
  return value;
}
