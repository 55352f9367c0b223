import { wrongArgument } from "./arguments.ts";
import type { Evt } from "./evt.ts";

export function checkEvt(operation: string, evt: unknown): asserts evt is Evt<unknown> {
  const candidate = evt as Partial<Evt<unknown>> | null | undefined;
  if (typeof candidate?.poll === "function" && typeof candidate.watch === "function") return;
  throw wrongArgument(operation, "every event", "an Evt", evt);
}
