/** Stable codes of {@link WireError}. */
export type WireErrorCode =
  | "ERR_WIRE_HEADER"
  | "ERR_WIRE_QUESTION"
  | "ERR_WIRE_LABEL"
  | "ERR_WIRE_NAME"
  | "ERR_WIRE_ADDRESS"
  | "ERR_WIRE_FIELD"
  | "ERR_WIRE_RDATA"
  | "ERR_WIRE_SIZE";

/**
 * What this module throws. Only two of its functions meet bytes of others: of those, `decodeMessage` throws this and
 * nothing else, and `glance` never throws. Everything else throws it for the caller's own mistakes.
 *
 * `code` is stable; `offset`, where there is one, is the byte of the message or the character of the text at fault.
 */
export class WireError extends Error {
  /** Stable: callers may switch on it. */
  readonly code: WireErrorCode;
  /** The byte of the message or the character of the text at fault, where there is one. */
  readonly offset?: number;

  constructor(code: WireErrorCode, message: string, options?: ErrorOptions & { readonly offset?: number }) {
    super(message, options);
    this.code = code;
    if (options?.offset !== undefined) this.offset = options.offset;
  }
}
Object.defineProperty(WireError.prototype, "name", { value: "WireError", configurable: true });
