import type { Session } from "./session.ts";

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
