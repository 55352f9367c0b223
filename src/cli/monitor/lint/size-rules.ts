import { recordsOf } from "../packet.ts";
import type { Rule } from "./rule.ts";

const ETHERNET_MTU = 1_500;
const LARGEST = 9_000;

/** Bytes, IP and UDP headers included. */
export const SIZE_RULES: readonly Rule[] = [
  {
    section: "RFC 6762 §17",
    level: "must",
    title: "a packet of more than 9,000 bytes",
    check: ({ ipSize }) => (ipSize > LARGEST ? `${ipSize} bytes` : undefined),
  },
  {
    section: "RFC 6762 §17",
    level: "must",
    title: "several records in a packet larger than Ethernet takes",
    check: (packet) => {
      const records = recordsOf(packet).length;
      return packet.ipSize > ETHERNET_MTU && records > 1 ? `${records} records in ${packet.ipSize} bytes` : undefined;
    },
  },
];
