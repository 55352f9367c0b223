import { type HeardDatagram, listen } from "../../mdns/index.ts";
import { aborted } from "../aborted.ts";
import { noLink } from "../no-link.ts";
import { printable } from "../printable.ts";
import type { MonitorSettings } from "./monitor-settings.ts";
import { MDNS_PORT, type Sighting } from "./packet.ts";

const HEADERS = { ipv4: 28, ipv6: 48 } as const; // bytes, of IP and UDP

const NOTHING_HEARD = "no packet was heard; where other hosts are on this network, a firewall may block UDP port 5353";

/** Hears the links of this machine until the signal is aborted. */
export async function hearLinks(
  { interfaces, families }: MonitorSettings,
  stop: AbortSignal,
  onSighting: (seen: Sighting) => void,
  note: (message: string) => void,
): Promise<void> {
  let isSilent = true;
  const listener = await listen({
    interfaces: interfaces.length === 0 ? undefined : interfaces,
    families,
    onDatagram: (datagram) => {
      if (stop.aborted) return;
      isSilent = false;
      onSighting(sighting(datagram));
    },
    onError: (error) => {
      isSilent = false; // for a reason that is known
      note(printable(error instanceof Error ? error.message : String(error)));
    },
  });
  if (isSilent && listener.interfaces.length === 0) note(noLink(interfaces));
  await aborted(stop);
  if (isSilent && listener.interfaces.length > 0) note(NOTHING_HEARD);
  listener.close();
}

function sighting({ interfaces, family, address, port, bytes }: HeardDatagram): Sighting {
  return {
    at: performance.timeOrigin + performance.now(), // unlike Date.now() it never jumps
    interface: interfaces.join(","),
    source: address,
    sourcePort: port,
    destination: undefined,
    destinationPort: MDNS_PORT,
    ttl: undefined,
    ipSize: bytes.length + HEADERS[family],
    payload: bytes,
  };
}
