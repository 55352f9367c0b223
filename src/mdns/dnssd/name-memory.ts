/**
 * Where chosen names are kept for the next start, so that a renamed service or host comes back under the name that
 * others know. `kind` is `"host"` or a service type.
 * @see RFC 6762 §9
 */
export interface NameMemory {
  /** The name to try first instead of `requested`. */
  recall(kind: string, requested: string): string | undefined;
  /** `requested` was taken and `chosen` is used. */
  remember(kind: string, requested: string, chosen: string): void;
}
