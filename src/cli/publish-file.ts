import { readFileSync } from "node:fs";
import type { PublishOptions } from "../mdns/index.ts";
import { jsonFault } from "./json-fault.ts";
import { reasonText } from "./reason-text.ts";
import { isObject, keyValue } from "./service-keys.ts";
import { UsageError } from "./usage-error.ts";
import type { Wanted } from "./wanted-service.ts";

/** Reads the services and hosts of a JSON file. @throws {@link UsageError} naming the file and what is wrong */
export function wantedByFile(path: string): Wanted[] {
  const services = readJson(path);
  if (!Array.isArray(services)) throw new UsageError(`--file ${path}: an array of services is wanted`);
  const names = new Set<string>();
  return services.map((service, index) => {
    const wanted = checkEntry(`--file ${path}: service ${index + 1}`, service);
    const key = wantedKey(wanted);
    if (names.has(key)) throw new UsageError(`--file ${path}: service ${index + 1} is there twice`);
    names.add(key);
    return wanted;
  });
}

/** What makes an entry of the file the same one when the file is read again. */
export function wantedKey(wanted: Wanted): string {
  return JSON.stringify(wanted.kind === "host" ? [wanted.host] : [wanted.options.name, wanted.options.type]);
}

function readJson(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`--file ${path} is not JSON: ${jsonFault(text, error)}`);
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UsageError(`--file ${path} cannot be read: ${reasonText(error)}`);
  }
}

function checkEntry(place: string, entry: unknown): Wanted {
  if (!isObject(entry)) throw new UsageError(`${place} is not an object`);
  const read = Object.fromEntries(Object.entries(entry).map(([key, value]) => [key, keyValue(place, key, value)]));
  const { host, addresses, ...others } = read as unknown as PublishOptions;
  if (host !== undefined && addresses !== undefined && Object.keys(others).length === 0) {
    return { kind: "host", host, addresses, place };
  }
  return { kind: "service", options: checkService(place, read), place };
}

function checkService(where: string, service: Readonly<Record<string, unknown>>): PublishOptions {
  for (const key of ["name", "type", "port"]) {
    if (!Object.hasOwn(service, key)) throw new UsageError(`${where} has no "${key}"`);
  }
  if (Object.hasOwn(service, "host") && !Object.hasOwn(service, "addresses")) {
    throw new UsageError(`${where} has a "host" without "addresses"; this host's own name is set with --host`);
  }
  return service as unknown as PublishOptions;
}
