import { copyBytes } from "./byte-string.ts";

/** The data of a TXT record that was read: the strings are made when somebody wants them. */
export class TxtData {
  readonly kind = "txt";
  readonly #rdata: string;
  #strings: readonly Uint8Array[] | undefined;

  /** @param rdata - a byte string made of whole strings */
  constructor(rdata: string) {
    this.#rdata = rdata;
  }

  /** Bytes of rdata that were read. */
  get size(): number {
    return this.#rdata.length;
  }

  /** The rdata as it is written: no strings are one empty string. RFC 6763 §6.1 */
  get rdata(): string {
    return this.#rdata === "" ? "\0" : this.#rdata;
  }

  get strings(): readonly Uint8Array[] {
    this.#strings ??= splitStrings(this.#rdata);
    return this.#strings;
  }
}

function splitStrings(rdata: string): readonly Uint8Array[] {
  const bytes = Buffer.from(rdata, "latin1");
  const strings: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 1 + (bytes[at] as number);
    strings.push(copyBytes(bytes, at + 1, end));
    at = end;
  }
  return strings;
}
