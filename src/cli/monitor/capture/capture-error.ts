/**
 * Why a capture cannot be read, or not to its end.
 * - `ERR_CAPTURE_FORMAT`: it is no capture that can be read here
 * - `ERR_CAPTURE_CUT`: it ends in the middle
 * - `ERR_CAPTURE_DAMAGED`: what should be there cannot be
 */
export class CaptureError extends Error {
  readonly code: "ERR_CAPTURE_FORMAT" | "ERR_CAPTURE_CUT" | "ERR_CAPTURE_DAMAGED";

  constructor(code: CaptureError["code"], message: string) {
    super(message);
    this.code = code;
  }
}
Object.defineProperty(CaptureError.prototype, "name", { value: "CaptureError", configurable: true, writable: true });
