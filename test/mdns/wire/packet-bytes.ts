// Builds packets by hand, so that a test can state each byte.

type Part = readonly number[] | Uint8Array;

/** A header with its counts, and what follows it. */
export function message(
  counts: { qd?: number; an?: number; ns?: number; ar?: number; flags?: number; id?: number },
  ...parts: readonly Part[]
): Uint8Array {
  const { qd = 0, an = 0, ns = 0, ar = 0, flags = 0x8400, id = 0 } = counts;
  return bytes([id, flags, qd, an, ns, ar].flatMap(uint16), ...parts);
}

export function bytes(...parts: readonly Part[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function uint16(value: number): number[] {
  return [value >> 8, value & 0xff];
}

/** Labels without an end: a pointer or a zero must follow. */
export function labels(...texts: readonly string[]): number[] {
  return texts.flatMap((text) => {
    const label = new TextEncoder().encode(text);
    return [label.length, ...label];
  });
}

export function name(...texts: readonly string[]): number[] {
  return [...labels(...texts), 0];
}

export function pointer(offset: number): number[] {
  return uint16(0xc000 | offset);
}

/** A record whose RDLENGTH may lie. */
export function record(
  owner: Part,
  type: number,
  rdata: Part,
  options: { class?: number; ttl?: number; rdlength?: number } = {},
): Uint8Array {
  const { class: klass = 0x8001, ttl = 120, rdlength = rdata.length } = options;
  return bytes(owner, uint16(type), uint16(klass), uint16(ttl >>> 16), uint16(ttl & 0xffff), uint16(rdlength), rdata);
}

export function question(owner: Part, type: number, klass = 1): Uint8Array {
  return bytes(owner, uint16(type), uint16(klass));
}
