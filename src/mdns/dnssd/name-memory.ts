import type { Session } from "./session.ts";

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

/**
 * The name to try first, if another one than what is requested is remembered. A memory that fails, or remembers what is
 * no name, is as good as none.
 */
export function recalled<T>(
  { memory, tell }: Session,
  kind: string,
  requested: string,
  read: (name: unknown) => T,
): T | undefined {
  try {
    const name = memory?.recall(kind, requested);
    return name === undefined ? undefined : read(name);
  } catch (error) {
    tell({ kind: "error", error });
    return undefined;
  }
}

export function remember(session: Session, kind: string, requested: string, chosen: string): void {
  session.tell({ kind: "renamed", from: requested, to: chosen });
  try {
    session.memory?.remember(kind, requested, chosen);
  } catch (error) {
    session.tell({ kind: "error", error });
  }
}
