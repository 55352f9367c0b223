import { foldCase, fromByteString, toByteString } from "./byte-string.ts";
import { hashWire } from "./name-hash.ts";
import { encodeLabelText, formatLabels, formatPlain, parseLabels } from "./name-text.ts";
import { WireError } from "./wire-error.ts";

/** Bytes of a label. RFC 1035 §3.1 */
export const MAX_LABEL = 63;
const MAX_GENERATED = 255; // RFC 6762 App. C: with the final zero, which many stacks count

/**
 * A domain name: labels of raw bytes, the root left out. Immutable, and compared without regard to ASCII case.
 *
 * @see RFC 1035 §3.1, RFC 6762 §16, RFC 6763 §4.1.1
 */
export class Name {
  /** The wire form as a byte string (a length before each label), case as published, without the final zero. */
  readonly wire: string;
  /** Equal for two names exactly if they differ in ASCII case at most; good as a key of a `Map`. RFC 6762 §16 */
  readonly key: string;
  #hash: number | undefined;
  #parent: Name | undefined;
  #labels: readonly Uint8Array[] | undefined;
  #text: string | undefined;

  /** @param wire - a well-formed wire form: the other ways to make a name check theirs. */
  private constructor(wire: string, key: string, parent: Name | undefined) {
    this.wire = wire;
    this.key = key;
    this.#parent = parent;
  }

  /** The name without labels. */
  static get root(): Name {
    return ROOT;
  }

  /** Wraps a wire form that is known to be well formed, with its key and its parent if they are known. @internal */
  static fromWire(wire: string, key: string = foldCase(wire), parent?: Name): Name {
    return new Name(wire, key, parent);
  }

  /**
   * @param labels - from the left, without the root; strings become UTF-8 in NFC, bytes stay as they are
   * @throws `WireError` `ERR_WIRE_LABEL` for an empty label or one over 63 bytes, `ERR_WIRE_NAME` for a name
   * over 255 bytes with its final zero
   */
  static of(labels: readonly (Uint8Array | string)[]): Name {
    let wire = "";
    for (const label of labels) wire += labelWire(label);
    return checked(wire);
  }

  /**
   * Reads the presentation form: `\.` and `\\` are a dot and a backslash within a label, `\DDD` is a byte in decimal.
   * A final dot may be left out; `""` and `"."` are the root.
   * @throws `WireError` as {@link Name.of}, and `ERR_WIRE_NAME` for an escape that is none
   */
  static parse(text: string): Name {
    return Name.of(parseLabels(text));
  }

  /** The labels from the left, each as its bytes. */
  get labels(): readonly Uint8Array[] {
    this.#labels ??= Object.freeze(splitWire(this.wire));
    return this.#labels;
  }

  /** 32 bits of {@link Name.key}, without regard to case. @internal */
  get hash(): number {
    this.#hash ??= hashWire(this.wire);
    return this.#hash;
  }

  /** Bytes that the name takes uncompressed, its final zero included. */
  get wireLength(): number {
    return this.wire.length + 1;
  }

  /** Whether it has no labels. */
  get isRoot(): boolean {
    return this.wire === "";
  }

  /** Whether they are the same but for ASCII case. RFC 6762 §16 */
  equals(other: Name): boolean {
    return this === other || this.key === other.key;
  }

  /** Whether the last labels of this name are those of `suffix`; a name ends with itself and with the root. */
  endsWith(suffix: Name): boolean {
    let rest = this.key.length - suffix.key.length;
    if (rest < 0 || !this.key.endsWith(suffix.key)) return false;
    let at = 0;
    while (rest > 0) {
      const step = this.wire.charCodeAt(at) + 1;
      at += step;
      rest -= step;
    }
    return rest === 0;
  }

  /** The name without its first `count` labels; the root when it has no more than that. */
  parent(count = 1): Name {
    let name: Name = this;
    for (let left = count; left > 0 && !name.isRoot; left--) {
      name.#parent ??= withoutFirst(name.wire);
      name = name.#parent;
    }
    return name;
  }

  /**
   * The name with one more label at its left.
   * @throws `WireError` as {@link Name.of}
   */
  child(label: Uint8Array | string): Name {
    return checked(labelWire(label) + this.wire);
  }

  /**
   * The presentation form without a final dot (`"."` for the root). UTF-8 in NFC stands as text, control characters
   * and all other bytes as `\DDD`: {@link Name.parse} gives back the same bytes.
   */
  toString(): string {
    this.#text ??= formatPlain(this.wire) ?? formatLabels(this.labels);
    return this.#text;
  }
}

const ROOT = Name.fromWire("");
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * A label as text to show: no escapes, U+FFFD for what is not UTF-8, U+FEFF kept.
 * @see RFC 6762 §16
 */
export function labelText(label: Uint8Array): string {
  return decoder.decode(label);
}

function labelWire(label: Uint8Array | string): string {
  const bytes = typeof label === "string" ? encodeLabelText(label) : label;
  if (bytes.length === 0) throw new WireError("ERR_WIRE_LABEL", "A label must have at least one byte");
  if (bytes.length > MAX_LABEL) {
    throw new WireError(
      "ERR_WIRE_LABEL",
      `A label must have at most ${MAX_LABEL} bytes, "${toByteString(bytes)}" has ${bytes.length}`,
    );
  }
  return String.fromCharCode(bytes.length) + toByteString(bytes);
}

function checked(wire: string): Name {
  if (wire.length + 1 > MAX_GENERATED) {
    throw new WireError(
      "ERR_WIRE_NAME",
      `A name must have at most 255 bytes with its final zero, not ${wire.length + 1}`,
    );
  }
  return wire === "" ? Name.root : Name.fromWire(wire);
}

function withoutFirst(wire: string): Name {
  const step = wire.charCodeAt(0) + 1;
  return step === wire.length ? ROOT : Name.fromWire(wire.slice(step));
}

function splitWire(wire: string): Uint8Array[] {
  const labels: Uint8Array[] = [];
  for (let at = 0; at < wire.length; ) {
    const end = at + 1 + wire.charCodeAt(at);
    labels.push(fromByteString(wire.slice(at + 1, end)));
    at = end;
  }
  return labels;
}
