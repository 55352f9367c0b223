import { txtFromJson } from "./txt-json.ts";
import { UsageError } from "./usage-error.ts";

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

/** Reads the value of one key of a service in JSON. @throws {@link UsageError} */
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
