import { UsageError } from "./usage-error.ts";

/** What a NAME on the command line of `mdns-resolve` asks for. */
export type Target =
  | { readonly kind: "host"; readonly asked: string; readonly host: string }
  | { readonly kind: "address"; readonly asked: string }
  | { readonly kind: "service"; readonly asked: string; readonly name: string; readonly type: string }
  | { readonly kind: "records"; readonly asked: string; readonly name: string; readonly type: string | number };

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const IPV6 = /^(?=.*:.*:)[\da-f:.]+(?:%.+)?$/i;
const INSTANCE = /^((?:[^.\\]|\\.|\.(?!_[^.]+\._(?:tcp|udp)\.local\.?$))+)\.(_[^.]+\._(?:tcp|udp))\.local\.?$/iu;

const SUBTYPE = /^(?:[^.\\]|\\.)+\._sub$/iu; // what stands before the type in the name that lists it. RFC 6763 §7.1
const SERVICE_TYPE = /^((?:[^.\\]+\._sub\.)?_[^.]+\._(?:tcp|udp))(?:\.local)?\.?$/i;

/** @throws {@link UsageError} when the name cannot be asked by multicast */
export function parseTarget(asked: string, recordType: string | undefined): Target {
  if (recordType !== undefined) return recordsTarget(asked, recordType);
  if (isAddress(asked)) return { kind: "address", asked };
  if (asked.includes(":") && !INSTANCE.test(asked)) {
    throw new UsageError(
      `"${asked}" is neither a name nor an address; leave out what belongs to a URL, such as the port`,
    );
  }
  const [, type] = SERVICE_TYPE.exec(asked) ?? [];
  if (type !== undefined) throw new UsageError(`"${asked}" is a service type; mdns-browse ${type} finds its services`);
  const instance = INSTANCE.exec(asked);
  if (instance?.[1] !== undefined && instance[2] !== undefined) {
    return { kind: "service", asked, name: unescapeLabel(asked, instance[1]), type: instance[2] };
  }
  const labels = asked.replace(/\.$/, "").split(".");
  if (labels.length === 1 && labels[0] !== "") return { kind: "host", asked, host: `${labels[0]}.local` };
  if (labels.at(-1)?.toLowerCase() !== "local" || labels.includes("")) {
    throw new UsageError(`"${asked}" is no name on the local network; those end in .local`);
  }
  return { kind: "host", asked, host: labels.join(".") };
}

function isAddress(asked: string): boolean {
  return IPV4.test(asked) || IPV6.test(asked);
}

function recordsTarget(asked: string, recordType: string): Target {
  const [, zone] = isAddress(asked) ? asked.split("%") : [];
  if (zone !== undefined)
    throw new UsageError(`"${asked}" with --type: -i ${zone} instead of %${zone} asks there alone`);
  const name = /^[^.]+$/.test(asked) && !isAddress(asked) ? `${asked}.local` : withInstanceEscaped(asked);
  return { kind: "records", asked, name, type: /^\d+$/.test(recordType) ? Number(recordType) : recordType };
}

/** The name of a service in the text form of names, its instance being one label, whatever dots are in it. RFC 6763 §4.1.1 */
function withInstanceEscaped(asked: string): string {
  const [, instance] = INSTANCE.exec(asked) ?? [];
  if (instance === undefined || SUBTYPE.test(instance)) return asked;
  return instance.replace(/(\\.)|\./gsu, (_, escaped?: string) => escaped ?? "\\.") + asked.slice(instance.length);
}

/** `\.` and `\\` stand for the character, `\DDD` for a byte. RFC 1035 §5.1 */
function unescapeLabel(asked: string, label: string): string {
  const bytes = label.match(/\\\d{3}|\\.|[^\\]/gsu)?.map((part) => {
    if (/^\\\d{3}$/.test(part)) {
      const byte = Number(part.slice(1));
      if (byte > 255) throw new UsageError(`"${part}" in "${asked}" is no byte; \\000 to \\255 are`);
      return Buffer.of(byte);
    }
    return Buffer.from(part.startsWith("\\") ? part.slice(1) : part, "utf8");
  });
  return Buffer.concat(bytes ?? []).toString("utf8");
}
