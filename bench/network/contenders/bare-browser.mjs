// The least that finds services: the question after the delay that RFC 6762 §5.2 prescribes, and whole answers.
import { createSocket } from "node:dgram";
import { decode, encode } from "dns-packet";

const GROUP = "224.0.0.251";
const PORT = 5353;
const DELAY = { min: 20, max: 120 }; // ms, RFC 6762 §5.2

export async function open({ address }) {
  const group = createSocket({ type: "udp4", reuseAddr: true });
  const direct = createSocket({ type: "udp4", reuseAddr: true });
  await new Promise((resolve) => group.bind(PORT, GROUP, resolve));
  await new Promise((resolve) => direct.bind(PORT, address, resolve));
  group.addMembership(GROUP, address);
  direct.setMulticastInterface(address);
  direct.setMulticastTTL(255);
  return {
    browse(type, onService, { immediate } = {}) {
      const question = encode({ type: "query", questions: [{ name: `${type}.local`, type: "PTR" }] });
      question[question.length - 2] |= 0x80; // QU, as just after start. RFC 6762 §5.4
      const hear = collector(`${type}.local`, onService);
      group.on("message", hear);
      direct.on("message", hear);
      const ask = () => direct.send(question, PORT, GROUP);
      if (immediate) ask();
      else setTimeout(ask, DELAY.min + Math.random() * (DELAY.max - DELAY.min));
    },
    close() {
      group.close();
      direct.close();
    },
  };
}

function collector(typeName, onService) {
  const [instances, hosts] = [new Map(), new Set()];
  return (bytes) => {
    const { type, answers, additionals } = decode(bytes);
    if (type !== "response") return;
    const records = [...answers, ...additionals];
    for (const { name, type, data } of records) {
      if (type === "SRV" || type === "TXT") instances.set(name, { ...instances.get(name), [type]: data });
      else if (type === "A") hosts.add(name);
    }
    for (const { name, type, data } of records) {
      if (type !== "PTR" || name !== typeName) continue;
      const { SRV, TXT } = instances.get(data) ?? {};
      if (SRV && TXT && hosts.has(SRV.target)) onService(data.slice(0, -typeName.length - 1));
    }
  };
}
