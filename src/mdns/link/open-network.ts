import { inspect } from "node:util";
import type { Family } from "../core/datagram.ts";
import type { TraceEvent } from "../core/output.ts";
import { areFamilies, FAMILIES } from "./families.ts";
import { type InterfaceSelection, interfaceFilter } from "./interface-filter.ts";
import { type InterfaceSource, systemInterfaces } from "./interface-source.ts";
import type { LinkDiagnostic } from "./link-diagnostic.ts";
import { LinkError } from "./link-error.ts";
import { isPortTaken } from "./port-probe.ts";
import { socketPlan } from "./socket-plan.ts";
import { SystemClock } from "./system-clock.ts";
import { SystemNetwork } from "./system-network.ts";
import { requireKnown } from "./unknown-interface.ts";

export interface NetworkOptions {
  /** @default all but loopback */
  readonly interfaces?: InterfaceSelection;
  /** Wins over `interfaces`. @default none */
  readonly exclude?: InterfaceSelection;
  /** @default both */
  readonly families?: readonly Family[];
  /** Uniform in [0, 1). @default Math.random */
  readonly random?: () => number;
  /** Told of each decision of the protocol on the link of this name. */
  readonly trace?: ((event: TraceEvent, link: string) => void) | undefined;
  readonly onDiagnostic?: ((event: LinkDiagnostic) => void) | undefined;
}

/** What the machine is asked; a test may answer instead. */
export interface System {
  readonly interfaces: InterfaceSource;
  /** The time of day in milliseconds. */
  readonly wallClock: () => number;
  readonly platform: NodeJS.Platform;
}

function thisMachine(): System {
  return { interfaces: systemInterfaces(), wallClock: Date.now, platform: process.platform };
}

/**
 * Opens the links of this machine. There may be none yet: they come up as interfaces do.
 * @throws {@link LinkError}
 */
export async function openNetwork(
  options: NetworkOptions = {},
  system: System = thisMachine(),
): Promise<SystemNetwork> {
  const families = checkedFamilies(options.families ?? FAMILIES);
  const filter = interfaceFilter(options.interfaces, options.exclude);
  try {
    requireKnown(filter, system.interfaces.read());
    const taken = await Promise.all(families.map(isPortTaken));
    return await SystemNetwork.open({
      clock: new SystemClock(),
      random: options.random ?? Math.random,
      families,
      filter,
      plan: socketPlan(system.platform),
      unicast: !taken.includes(true),
      interfaces: system.interfaces,
      wallClock: system.wallClock,
      trace: options.trace,
      onDiagnostic: options.onDiagnostic,
    });
  } catch (error) {
    system.interfaces.close();
    throw error;
  }
}

function checkedFamilies(families: readonly Family[]): readonly Family[] {
  if (areFamilies(families)) return FAMILIES.filter((family) => families.includes(family));
  throw new LinkError("ERR_MDNS_ARGUMENT", `families must list "ipv4", "ipv6" or both, got ${inspect(families)}`);
}
