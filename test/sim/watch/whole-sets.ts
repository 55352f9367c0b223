import type { Message } from "../../../src/mdns/wire/message.ts";
import { TYPE } from "../../../src/mdns/wire/record-type.ts";
import { familyOf } from "../frame.ts";
import type { Packet } from "../packet-log.ts";
import { SimInterface } from "../sim-interface.ts";
import type { SimLan } from "../sim-lan.ts";

/** The addresses that one interface gives for one name, to one receiver at one time. */
interface Given {
  readonly packet: Packet;
  readonly addresses: Set<string>;
}

/**
 * Whoever gives an address of its own with the flush bit gives all of that type, in the packets of one moment: a part
 * would have others drop the rest. RFC 6762 §10.2, A-44
 */
export function watchWholeSets(lan: SimLan): void {
  const open = new Map<string, Given>();
  const close = (): void => {
    for (const [key, { packet, addresses }] of open) {
      const owned = addressesOf(packet.from as SimInterface, key.endsWith("AAAA") ? "ipv6" : "ipv4");
      const missing = owned.filter((address) => !addresses.has(address));
      if (missing.length > 0) lan.violate(`${key} is flushed without ${missing.join(", ")} (A-44): ${packet}`);
    }
    open.clear();
  };
  lan.log.watch((packet) => {
    const { from, frame, message } = packet;
    if (!(from instanceof SimInterface) || !message?.response) return;
    const to = frame.destination === "group" ? "group" : `${frame.destination.address} ${frame.destination.port}`;
    for (const { name, type, address } of flushedAddresses(message)) {
      if (open.size === 0) lan.clock.at(lan.clock.now(), close);
      const key = `${from.label} ${familyOf(frame)} ${to} ${name} ${type}`;
      const given = open.get(key) ?? { packet, addresses: new Set() };
      open.set(key, given);
      given.addresses.add(address);
    }
  });
}

function flushedAddresses({ answers, additionals }: Message) {
  return [...answers, ...additionals].flatMap(({ name, type, flush, ttl, data }) =>
    flush && ttl > 0 && data.kind === "address"
      ? [{ name: name.key, type: type === TYPE.AAAA ? "AAAA" : "A", address: data.address }]
      : [],
  );
}

function addressesOf({ addresses }: SimInterface, family: "ipv4" | "ipv6"): readonly string[] {
  return addresses.filter((own) => own.family === family).map(({ address }) => address);
}
