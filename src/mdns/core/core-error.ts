export type CoreErrorCode =
  | "ERR_MDNS_RECORD_TOO_LARGE"
  | "ERR_MDNS_RECORD_TYPE"
  | "ERR_MDNS_RECORD_CLASS"
  | "ERR_MDNS_RECORD_TTL"
  | "ERR_MDNS_CLAIM_NAMES";

/** A record or claim that cannot be published; the caller must change it. */
export class CoreError extends Error {
  readonly code: CoreErrorCode;

  constructor(code: CoreErrorCode, message: string) {
    super(message);
    this.code = code;
  }

  static {
    CoreError.prototype.name = "CoreError";
  }
}
