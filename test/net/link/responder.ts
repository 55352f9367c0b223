import { createSocket } from "node:dgram";
import { encodeMessage } from "../../../src/mdns/wire/encode.ts";
import { Name } from "../../../src/mdns/wire/name.ts";

/** A response to multicast: an A record by IPv4, or an AAAA record by IPv6. */
export interface Response {
  readonly name: string;
  readonly address: string;
  /** Hop limit, in IPv6. */
  readonly ttl: number;
}

/** Where it is multicast from. */
const [ipv4 = "", iface = "", responses = "[]"] = process.argv.slice(2);
const PERIOD = 200; // ms
const TIMES = 200;

/** Multicasts responses over and over: what the system or a busy machine loses does not matter. */
for (const { name, address, ttl } of JSON.parse(responses) as Response[]) {
  const isIpv6 = address.includes(":");
  const socket = createSocket({ type: isIpv6 ? "udp6" : "udp4", reuseAddr: true });
  const data = { kind: "address", address } as const;
  const record = { name: Name.parse(name), type: isIpv6 ? 28 : 1, class: 1, flush: true, ttl: 120, data };
  const bytes = encodeMessage({ response: true, authoritative: true, answers: [record] });
  socket.bind(5353, isIpv6 ? "::" : ipv4, () => {
    socket.setMulticastTTL(ttl);
    socket.setMulticastInterface(isIpv6 ? `::%${iface}` : ipv4);
    let left = TIMES;
    const timer = setInterval(() => {
      socket.send(bytes, 5353, isIpv6 ? `ff02::fb%${iface}` : "224.0.0.251");
      if (--left > 0) return;
      clearInterval(timer);
      socket.close();
    }, PERIOD);
  });
}
process.stdout.write("ready");
