import { WireError } from "./wire-error.ts";

const encoder = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 in NFC, which is what names are made of. RFC 6762 §16 */
export function encodeLabelText(text: string): Uint8Array {
  return encoder.encode(text.normalize("NFC"));
}

const PLAIN = /^[ -\-/-[\]-~]+$/; // what is printable in ASCII, but for dot and backslash

/** The presentation form of a wire form; undefined if anything in it is not plain, as it seldom is. */
export function formatPlain(wire: string): string | undefined {
  let text = "";
  for (let at = 0; at < wire.length; ) {
    const end = at + 1 + wire.charCodeAt(at);
    const label = wire.slice(at + 1, end);
    if (!PLAIN.test(label)) return undefined;
    text += at === 0 ? label : `.${label}`;
    at = end;
  }
  return text === "" ? undefined : text;
}

/** The presentation form of a list of labels. */
export function formatLabels(labels: readonly Uint8Array[]): string {
  return labels.length === 0 ? "." : labels.map(formatLabel).join(".");
}

function formatLabel(label: Uint8Array): string {
  const text = normalText(label);
  if (text !== undefined) return text.replace(/[.\\]/g, "\\$&").replace(/\p{Cc}/gu, escapeControl);
  return Array.from(label, formatByte).join("");
}

/** The label's text if reading that text back gives the same bytes. */
function normalText(label: Uint8Array): string | undefined {
  try {
    const text = strict.decode(label);
    return text === text.normalize("NFC") ? text : undefined;
  } catch {
    return undefined;
  }
}

function escapeControl(character: string): string {
  return Array.from(encoder.encode(character), escapeByte).join("");
}

function formatByte(byte: number): string {
  if (byte < 0x20 || byte > 0x7e) return escapeByte(byte);
  const character = String.fromCharCode(byte);
  return character === "." || character === "\\" ? `\\${character}` : character;
}

function escapeByte(byte: number): string {
  return `\\${String(byte).padStart(3, "0")}`;
}

/**
 * The labels of a presentation form.
 * @throws {@link WireError} `ERR_WIRE_NAME` for a broken escape, `ERR_WIRE_LABEL` for an empty label
 */
export function parseLabels(text: string): Uint8Array[] {
  if (text === "" || text === ".") return [];
  const labels: Uint8Array[] = [];
  let label = new LabelBuilder();
  let at = 0;
  while (at < text.length) {
    const character = text[at] as string;
    if (character === ".") {
      labels.push(label.finish(text));
      label = new LabelBuilder();
      at += 1;
      if (at === text.length) return labels;
    } else if (character === "\\") {
      at += label.addEscape(text, at);
    } else {
      label.addText(character);
      at += 1;
    }
  }
  labels.push(label.finish(text));
  return labels;
}

const DECIMAL = /^\d{3}$/;

/** Keeps text and bytes apart until the text is whole: only whole text can be brought into NFC. */
class LabelBuilder {
  readonly #bytes: number[] = [];
  #text = "";

  addText(text: string): void {
    this.#text += text;
  }

  /** Takes the escape at `at`, and returns its length. */
  addEscape(text: string, at: number): number {
    const next = text[at + 1];
    if (next === undefined) throw badEscape(text, at);
    if (next < "0" || next > "9") {
      this.#text += next;
      return 2;
    }
    const digits = text.slice(at + 1, at + 4);
    if (!DECIMAL.test(digits) || Number(digits) > 255) throw badEscape(text, at);
    this.#takeText();
    this.#bytes.push(Number(digits));
    return 4;
  }

  finish(text: string): Uint8Array {
    this.#takeText();
    if (this.#bytes.length === 0) throw new WireError("ERR_WIRE_LABEL", `A label of "${text}" is empty`);
    return Uint8Array.from(this.#bytes);
  }

  #takeText(): void {
    if (this.#text !== "") this.#bytes.push(...encodeLabelText(this.#text));
    this.#text = "";
  }
}

function badEscape(text: string, at: number): WireError {
  const message = `The backslash at ${at} of "${text}" must be followed by a character or by three digits up to 255`;
  return new WireError("ERR_WIRE_NAME", message, { offset: at });
}
