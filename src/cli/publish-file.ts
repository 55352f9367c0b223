import { readFileSync } from "node:fs";
import type { PublishOptions } from "../mdns/index.ts";
import { jsonFault } from "./json-fault.ts";
import { reasonText } from "./reason-text.ts";
import { txtFromJson } from "./txt-json.ts";
import { UsageError } from "./usage-error.ts";
import type { Wanted } from "./wanted-service.ts";

const isText = (value: unknown): value is string => typeof value === "string";
const isNumber = (value: unknown): value is number => Number.isInteger(value);
const isTextList = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

/** What each key of a service may hold. */
const KEYS: Readonly<Record<string, readonly [check: (value: unknown) => boolean, wanted: string]>> = {
  name: [isText, "a string"],
  type: [isText, "a string"],
  port: [isNumber, "a whole number"],
  txt: [isObject, "an object"],
  subtypes: [isTextList, "an array of strings"],
  host: [isText, "a string"],
  addresses: [isTextList, "an array of strings"],
  priority: [isNumber, "a whole number"],
  weight: [isNumber, "a whole number"],
};

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

/** Reads the value of one key. @throws {@link UsageError} */
export function keyValue(where: string, key: string, value: unknown): unknown {
  const rule = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
  if (rule === undefined)
    throw new UsageError(`${where}: unknown key "${key}"; known are ${Object.keys(KEYS).join(", ")}`);
  const [check, wanted] = rule;
  if (!check(value)) throw new UsageError(`${where}: "${key}" is ${wanted}, not ${JSON.stringify(value)}`);
  return key === "txt" && isObject(value) ? txtFromJson(where, value) : value;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
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
