import { boundedMemo } from "../link/bounded-memo.ts";
import { fromByteString } from "../wire/byte-string.ts";
import { labelText, Name } from "../wire/name.ts";
import { checkedLabel, checkedText } from "./label.ts";
import { LOCAL, type ServiceType, within } from "./service-type.ts";

/** The parts of a service instance's name. RFC 6763 §4.1 */
export interface InstanceName {
  /** The whole name. */
  readonly name: Name;
  /** The instance as text to show: no escapes. */
  readonly instance: string;
  /** As in `_http._tcp`. */
  readonly type: string;
}

/**
 * The name of an instance: any text within one label. RFC 6763 §4.1.1
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function instanceName(instance: unknown, type: ServiceType): InstanceName {
  const label = checkedLabel("name", instance);
  return { name: within("name", instance, type.name, label), instance: label, type: type.text };
}

/**
 * The name of an instance that somebody else may have published, whatever text that is: exactly so.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`
 */
export function instanceToFind(instance: unknown, type: ServiceType): InstanceName {
  const text = checkedText("name", instance);
  const label = Buffer.from(text); // as bytes, for text would be brought into NFC
  return { name: within("name", instance, type.name, label), instance: text, type: type.text };
}

/**
 * Takes apart what a PTR record names.
 * @returns undefined for a name that is no service instance within `local`
 */
export function splitInstanceName(name: Name): InstanceName | undefined {
  const type = localType(name.parent().wire);
  return type === undefined ? undefined : { name, instance: firstLabelText(name), type };
}

/** The type that an answer to the enumeration of types names: its first two labels. RFC 6763 §9 */
export function enumeratedType(name: Name): string | undefined {
  const [service, protocol] = name.labels;
  if (service?.[0] !== UNDERSCORE || protocol?.[0] !== UNDERSCORE) return undefined;
  return typeText(service, protocol);
}

const UNDERSCORE = 0x5f;
const LABELS = 3; // service, protocol, local
const MAX_TYPES = 256;
const PLAIN = /^[\w-]+\.[\w-]+$/;
const ASCII = /^[\0-\x7f]*$/;

/** The type within `local` with this wire form: many instances have the same. */
const localType = boundedMemo(MAX_TYPES, (wire) => {
  const name = Name.fromWire(wire);
  return name.labels.length === LABELS && name.endsWith(LOCAL) ? enumeratedType(name) : undefined;
});

function firstLabelText({ wire }: Name): string {
  const label = wire.slice(1, 1 + wire.charCodeAt(0));
  return ASCII.test(label) ? label : labelText(fromByteString(label));
}

function typeText(service: Uint8Array, protocol: Uint8Array): string {
  const text = `${labelText(service)}.${labelText(protocol)}`;
  return PLAIN.test(text) ? text : Name.of([service, protocol]).toString();
}
