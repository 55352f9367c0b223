import { argumentError } from "./argument-error.ts";

/**
 * Checks what the options of every call have in common.
 * @throws {@link MdnsError} `ERR_MDNS_ARGUMENT`; the reason of a signal that is aborted already
 */
export function checkCallOptions(option: string, options: { readonly signal?: unknown }): void {
  if (typeof options !== "object" || options === null) throw argumentError(option, "an object", options);
  const { signal } = options;
  if (signal === undefined) return;
  if (!(signal instanceof AbortSignal)) throw argumentError("signal", "an AbortSignal", signal);
  signal.throwIfAborted();
}
