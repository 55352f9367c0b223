import type { Family } from "../../mdns/index.ts";
import type { Arguments } from "../arguments.ts";
import { endRules } from "../end-options.ts";
import type { EndRules } from "../ending.ts";
import { chosenFamilies } from "../family-options.ts";
import { UsageError } from "../usage-error.ts";

export interface MonitorSettings {
  /** A capture, `-` for standard input; `undefined` for the links of this machine. */
  readonly read: string | undefined;
  readonly interfaces: readonly string[];
  readonly families: readonly Family[] | undefined;
  readonly shown: "all" | "faults" | "none";
  readonly tree: boolean;
  readonly json: boolean;
  readonly color: boolean;
  readonly end: EndRules;
}

/** @throws {@link UsageError} when options are wrong or contradict one another */
export function monitorSettings(given: Arguments): MonitorSettings {
  const [operand] = given.operands;
  if (operand !== undefined)
    throw new UsageError(`only options are taken, not "${operand}"; a capture is read with --read FILE`);
  const read = given.value("read");
  const [chosen] = given.values("interface");
  if (read !== undefined && chosen !== undefined) {
    throw new UsageError(`--interface ${chosen} is for live links; leave it out with --read`);
  }
  if (given.has("faults") && given.has("summary"))
    throw new UsageError("--faults shows packets, --summary none; choose one");
  if (given.has("tree") && given.has("json")) throw new UsageError("--tree and --json are two formats; choose one");
  return {
    read,
    interfaces: given.values("interface"),
    families: chosenFamilies(given),
    shown: given.has("summary") ? "none" : given.has("faults") ? "faults" : "all",
    tree: given.has("tree"),
    json: given.has("json"),
    color: !given.has("no-color"),
    end: endRules(given),
  };
}
