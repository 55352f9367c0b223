// Reads everything that a decoded message holds, so that no codec gains by putting work off.

/** @param {import("../../dist/mdns/wire/index.js").Message} message */
export function touchEarshot(message, touchTxt) {
  let sum = message.id + message.rcode + message.malformed;
  for (const { name, type, class: klass } of message.questions) sum += name.key.length + type + klass;
  for (const section of [message.answers, message.authorities, message.additionals]) {
    for (const record of section) {
      sum += record.name.key.length + record.type + record.class + record.ttl + (record.flush ? 1 : 0);
      sum += touchData(record, touchTxt);
    }
  }
  return sum;
}

/** A TXT record split into its strings. */
export function touchStrings(record) {
  return sumOf(record.data.strings, (string) => string.length + (string[0] ?? 0));
}

function touchData(record, touchTxt) {
  const { data } = record;
  switch (data.kind) {
    case "address":
      return data.address.length;
    case "name":
      return data.target.key.length;
    case "srv":
      return data.priority + data.weight + data.port + data.target.key.length;
    case "txt":
      return touchTxt(record);
    case "nsec":
      return data.next.key.length + sumOf(data.types, (type) => type);
    case "opt":
      return sumOf(data.options, (option) => option.code + option.data.length);
    default:
      return data.bytes.length;
  }
}

/** @param {import("dns-packet").DecodedPacket} message */
export function touchDnsPacket(message) {
  let sum = message.id + message.flags;
  for (const { name, type, class: klass } of message.questions) sum += name.length + type.length + klass.length;
  for (const section of [message.answers, message.authorities, message.additionals]) {
    for (const record of section) {
      sum += record.name.length + record.type.length + record.class.length + record.ttl + (record.flush ? 1 : 0);
      sum += touchDnsPacketData(record.data);
    }
  }
  return sum;
}

function touchDnsPacketData(data) {
  if (typeof data === "string") return data.length;
  if (Array.isArray(data)) return sumOf(data, (string) => string.length + (string[0] ?? 0));
  if (data.rrtypes !== undefined) return data.nextDomain.length + data.rrtypes.length;
  return data.priority + data.weight + data.port + data.target.length;
}

function sumOf(list, value) {
  let sum = 0;
  for (const entry of list) sum += value(entry);
  return sum;
}
