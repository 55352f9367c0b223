import type { Publication, PublicationChanges } from "../mdns/index.ts";
import { jsonFault } from "./json-fault.ts";
import { isObject, keyValue } from "./service-keys.ts";
import { UsageError } from "./usage-error.ts";

/** Characters in one line of standard input; more is no change but a mistake. */
const LONGEST_LINE = 65_536;
const CHANGEABLE = ["txt", "port", "name"];

/** A change read from standard input, and the service that it is for. */
export interface LiveChange {
  readonly publication: Publication;
  readonly update: PublicationChanges;
}

/** Reads `{"txt":{"state":"busy"}}`, or with `"service"` where there are several. @throws {@link UsageError} */
export function parseLiveChange(line: string, publications: readonly Publication[]): LiveChange {
  if (line.length > LONGEST_LINE) throw new UsageError(`a line of more than ${LONGEST_LINE} characters is no change`);
  const { service, ...changes } = parseObject(line);
  const update = Object.fromEntries(
    Object.entries(changes).map(([key, value]) => {
      if (!CHANGEABLE.includes(key))
        throw new UsageError(`"${key}" cannot be changed; only ${CHANGEABLE.join(", ")} can`);
      return [key, keyValue("change", key, value)];
    }),
  );
  if (Object.keys(update).length === 0) throw new UsageError(`nothing to change; give ${CHANGEABLE.join(" or ")}`);
  return { publication: find(service, publications), update };
}

function find(service: unknown, publications: readonly Publication[]): Publication {
  const matching = service === undefined ? publications : publications.filter(({ name }) => name === service);
  const [only, second] = matching;
  if (only === undefined) throw new UsageError(`no service ${JSON.stringify(service)} is published`);
  if (second !== undefined) throw new UsageError('several services are published; say which one with "service"');
  return only;
}

function parseObject(line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    throw new UsageError(`it is not JSON: ${jsonFault(line, error)}`);
  }
  if (!isObject(value)) throw new UsageError("a change is a JSON object");
  return value;
}
