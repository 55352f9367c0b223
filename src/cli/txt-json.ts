import type { Txt } from "../mdns/index.ts";
import { utf8Text } from "./byte-text.ts";
import { UsageError } from "./usage-error.ts";

type TxtAttributes = Readonly<Record<string, string | number | boolean | Uint8Array>>;

/** Text where a value is UTF-8, `{ "base64": … }` where it is not, `true` for a key alone. */
export function txtJson(txt: Txt): object {
  return Object.fromEntries(
    Array.from(txt.entries(), ([key, value]) => [
      key,
      value === true ? true : (utf8Text(value) ?? { base64: Buffer.from(value).toString("base64") }),
    ]),
  );
}

/** Reads that form, in which numbers and `false` may stand as well. @throws {@link UsageError} naming the attribute */
export function txtFromJson(where: string, txt: object): TxtAttributes {
  return Object.fromEntries(Object.entries(txt).map(([key, value]) => [key, attributeValue(where, key, value)]));
}

function attributeValue(where: string, key: string, value: unknown): TxtAttributes[string] {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (!isBytesForm(value)) {
    throw wrong(where, `txt.${key}`, 'a string, number, boolean or {"base64": "…"}', value);
  }
  const { base64 } = value;
  const bytes = Buffer.from(typeof base64 === "string" ? base64 : "", "base64");
  if (bytes.toString("base64") === base64) return Uint8Array.from(bytes); // else Node made something of it all the same
  throw wrong(where, `txt.${key}.base64`, "base64 with its padding (RFC 4648 §4)", base64);
}

function isBytesForm(value: unknown): value is { readonly base64: unknown } {
  return typeof value === "object" && value !== null && Object.keys(value).join() === "base64";
}

function wrong(where: string, key: string, wanted: string, value: unknown): UsageError {
  return new UsageError(`${where}: ${JSON.stringify(key)} is ${wanted}, not ${JSON.stringify(value)}`);
}
