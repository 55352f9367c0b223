import { type Service, Txt } from "../../src/mdns/index.ts";

type Link = Service["links"][number];

export interface ServiceParts {
  readonly name?: string;
  /** Default: the name escaped, and its type. */
  readonly fullName?: string;
  readonly type?: string;
  readonly port?: number;
  readonly txt?: readonly (string | Uint8Array)[];
  /** Addresses by interface. */
  readonly links?: Readonly<Record<string, readonly string[]>>;
}

/** A resolved service as the library reports it. */
export function serviceFixture(parts: ServiceParts = {}): Service {
  const { name = "Beta", type = "_http._tcp", port = 80, links = { e0: ["10.77.1.2"] } } = parts;
  const strings = (parts.txt ?? ["k=v", "flag"]).map((string) => Buffer.from(string as string));
  const txt = new Txt(strings);
  const txtRaw = Buffer.concat(strings.map((string) => Buffer.concat([Buffer.of(string.length), string])));
  const seen = Object.entries(links).map(
    ([interfaceName, addresses]): Link => ({
      interface: interfaceName,
      host: "peer.local",
      port,
      priority: 0,
      weight: 0,
      addresses,
      txt,
      txtRaw,
      ttl: 120,
      received: 0,
    }),
  );
  return {
    name,
    type,
    domain: "local",
    fullName: parts.fullName ?? `${name.replace(/[.\\]/g, "\\$&")}.${type}.local`,
    host: "peer.local",
    port,
    priority: 0,
    weight: 0,
    addresses: Object.values(links).flat(),
    txt,
    txtRaw,
    interface: seen[0]?.interface ?? "",
    links: seen,
  };
}
