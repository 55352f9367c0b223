/** The command line is wrong; the message names the option and the value. */
export class UsageError extends Error {
  static {
    UsageError.prototype.name = "UsageError";
  }
}
