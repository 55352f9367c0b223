/**
 * Calls what the user gave. What it throws surfaces as from any event listener, but after our own work, which it
 * must not leave half done.
 */
export function guarded(call: () => void): void {
  try {
    call();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
