import type { Mdns } from "../mdns/index.ts";
import type { Arguments } from "./arguments.ts";
import type { CommandIo } from "./command-io.ts";
import { parseDuration } from "./duration.ts";
import { errorCode } from "./error-code.ts";
import { EXIT, type ExitStatus } from "./exit-status.ts";
import { noLink } from "./no-link.ts";
import { jsonLine, printable } from "./printable.ts";
import { askedType, findRecords } from "./resolve-records.ts";
import { type Absence, hostResult, namesResult, type ResolveResult, serviceResult } from "./resolve-result.ts";
import { parseTarget, type Target } from "./resolve-target.ts";
import { unknownZone } from "./unknown-zone.ts";
import { UsageError } from "./usage-error.ts";

interface Limits {
  readonly timeout: number;
  readonly signal: AbortSignal;
  readonly family?: 4 | 6;
}

/** Runs `mdns-resolve`. */
export async function resolve(given: Arguments, io: CommandIo): Promise<ExitStatus> {
  if (given.operands.length === 0) throw new UsageError("NAME is missing");
  const targets = given.operands.map((name) => parseTarget(name, given.value("type")));
  requireZones(targets);
  const allowed = given.value("timeout") ?? "2s";
  const timeout = parseDuration("timeout", allowed);
  const limits: Limits = { timeout, signal: io.stop, ...oneFamily(given) };
  const interfaces = given.values("interface");
  const started = performance.now();
  const { mdns, opened } = await io.prepareMdns({ interfaces }, { verbose: given.has("verbose") });
  try {
    const finding = Promise.all(
      targets.map(async (target): Promise<"found" | Absence> => {
        const result = await find(mdns, target, limits).catch((error) => {
          if (!io.stop.aborted) throw error;
          return "absent" as const;
        });
        if (typeof result === "string") return result;
        print(result, given, io);
        return "found";
      }),
    );
    const isOpen = await opened(finding);
    if (!isOpen) io.note(noLink(interfaces));
    const outcomes = await finding;
    if (!io.stop.aborted) {
      for (const [index, target] of targets.entries()) {
        const outcome = outcomes[index];
        if (outcome !== undefined && outcome !== "found") io.note(absenceText(target, outcome));
      }
      const isTimeUp = performance.now() - started >= timeout; // else an owner denied it
      const isSilent = isTimeUp && outcomes.every((outcome) => outcome === "absent");
      if (isOpen && isSilent)
        io.note(`nothing came within ${allowed}; mdns-monitor shows whether other hosts are heard at all`);
    }
    return outcomes.every((outcome) => outcome === "found") ? EXIT.done : EXIT.nothingFound;
  } finally {
    await mdns.close();
  }
}

function absenceText(target: Target, absence: Absence): string {
  const asked = printable(target.asked);
  if (absence === "absent" || target.kind !== "records") return `${asked}: not found`;
  return `${asked}: the name exists, but has no ${askedType(target)} record`;
}

function requireZones(targets: readonly Target[]): void {
  for (const { kind, asked } of targets) {
    const fault = kind === "address" ? unknownZone(asked) : undefined;
    if (fault !== undefined) throw new UsageError(fault);
  }
}

function oneFamily(given: Arguments): { readonly family?: 4 | 6 } {
  if (given.has("ipv4") === given.has("ipv6")) return {};
  return { family: given.has("ipv4") ? 4 : 6 };
}

async function find(mdns: Mdns, target: Target, limits: Limits): Promise<ResolveResult | Absence> {
  switch (target.kind) {
    case "host": {
      const addresses = await mdns.lookup(target.host, limits);
      return addresses.length === 0 ? "absent" : hostResult(target, target.host, addresses);
    }
    case "address": {
      const names = await mdns.reverse(target.asked, limits);
      return names.length === 0 ? "absent" : namesResult(target, names);
    }
    case "service":
      return findService(mdns, target, limits);
    case "records":
      return findRecords(mdns, target, limits);
  }
}

async function findService(
  mdns: Mdns,
  target: Target & { readonly kind: "service" },
  limits: Limits,
): Promise<ResolveResult | Absence> {
  try {
    const service = await mdns.resolve(target.name, target.type, limits);
    const found = await mdns.lookup(service.host, limits); // all of the host's, where one was enough to resolve
    const addresses = found.map(({ address }) => address);
    return addresses.length === 0 ? "absent" : serviceResult(target, { ...service, addresses }, new Date());
  } catch (error) {
    if (errorCode(error) === "ERR_MDNS_TIMEOUT") return "absent";
    throw error;
  }
}

function print({ lines, json }: ResolveResult, given: Arguments, io: CommandIo): void {
  if (given.has("json")) io.print(jsonLine(json));
  else for (const line of lines) io.print(line);
}
