import { CLASS, isPseudoType, type Question, type ResourceRecord, TYPE, typeName } from "../../mdns/wire/index.ts";
import { printableName } from "../printable.ts";
import { recordText } from "../record-text.ts";

/** A question for reading: `PTR? _ipp._tcp.local (QU)`. */
export function questionText({ name, type, class: klass, unicast }: Question): string {
  const of = klass === CLASS.IN ? "" : ` class ${klass}`;
  return `${typeName(type)}?${of} ${printableName(name.toString())}${unicast ? " (QU)" : ""}`;
}

/** A record in short: `SRV Office Printer._ipp._tcp.local`. */
export function shortRecordText(record: ResourceRecord): string {
  const { name, type, data } = record;
  if (type === TYPE.PTR && data.kind === "name") return `PTR ${printableName(data.target.toString())}`;
  if (data.kind === "address") return `${typeName(type)} ${printableName(name.toString())} ${data.address}`;
  return type === TYPE.OPT ? "OPT" : `${typeName(type)} ${printableName(name.toString())}`;
}

/** A record with all that it holds: `A peer.local 120 s flush 10.77.1.2`. */
export function fullRecordText(record: ResourceRecord): string {
  const { name, type, class: klass, flush, ttl, data } = record;
  if (isPseudoType(type)) return [typeName(type), `size ${klass}`, recordText(data)].join(" ").trimEnd();
  return [
    typeName(type),
    printableName(name.toString()),
    `${ttl} s`,
    ...(klass === CLASS.IN ? [] : [`class ${klass}`]),
    ...(flush ? ["flush"] : []),
    data.kind === "nsec" ? data.types.map(typeName).join(" ") : recordText(data),
  ].join(" ");
}
