/** Why something failed, without the call and the path that a system error repeats and that the sentence around has. */
export function reasonText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, syscall } = error as NodeJS.ErrnoException;
  return syscall === undefined ? message : message.replace(new RegExp(`, ${syscall}\\b.*$`, "s"), "");
}
