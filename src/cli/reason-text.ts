/** Why the system refused, in words alone: the sentence around has what it says of its code, its call and the path. */
export function reasonText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, code, syscall } = error as NodeJS.ErrnoException;
  if (syscall === undefined) return message;
  return message.replace(`${code}: `, "").replace(new RegExp(`, ${syscall}\\b.*$`, "s"), "");
}
