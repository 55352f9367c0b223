const IPV4 = 0x0800;
const IPV6 = 0x86dd;
const VLAN_TAGS: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const MOST_VLAN_TAGS = 4;

/** Where the IP packet of a frame begins, by link type; `undefined` when it holds none. */
type IpOffset = (frame: DataView) => number | undefined;

/** By the LINKTYPE numbers of the capture formats. */
const LINK_TYPES: ReadonlyMap<number, IpOffset> = new Map([
  [0, afterFamily], // BSD loopback
  [1, afterEthernet],
  [12, atOnce], // raw IP as some systems number it
  [14, atOnce],
  [101, atOnce], // raw IP
  [108, afterFamily], // OpenBSD loopback
  [113, (frame) => afterProtocol(frame, 14, 16)], // Linux "any"
  [228, atOnce], // IPv4
  [229, atOnce], // IPv6
  [276, (frame) => afterProtocol(frame, 0, 20)], // Linux "any", second version
]);

/** The IP packet in a frame; `undefined` when there is none, `"unknown"` for a link type that is not read here. */
export function ipPacket(linkType: number, bytes: Uint8Array): DataView | undefined | "unknown" {
  const offset = LINK_TYPES.get(linkType);
  if (offset === undefined) return "unknown";
  const frame = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = offset(frame);
  if (start === undefined || start >= frame.byteLength) return undefined;
  return new DataView(frame.buffer, frame.byteOffset + start, frame.byteLength - start);
}

function atOnce(): number {
  return 0;
}

/** The numbers of the address families differ by system: the version in the packet itself is as good. */
function afterFamily(): number {
  return 4;
}

function afterEthernet(frame: DataView): number | undefined {
  let at = 12;
  for (let tags = 0; tags < MOST_VLAN_TAGS && at + 2 <= frame.byteLength; tags++) {
    if (!VLAN_TAGS.has(frame.getUint16(at))) break;
    at += 4;
  }
  return afterProtocol(frame, at, at + 2);
}

function afterProtocol(frame: DataView, protocolAt: number, start: number): number | undefined {
  if (protocolAt + 2 > frame.byteLength) return undefined;
  const protocol = frame.getUint16(protocolAt);
  return protocol === IPV4 || protocol === IPV6 ? start : undefined;
}
