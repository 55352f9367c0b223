import { type Refused, UdpErrnoError } from "./errors.ts";

interface NodeSystemError {
  readonly code?: string;
  readonly syscall?: string;
  readonly info?: { readonly code?: string; readonly syscall?: string };
}

/** Turns what Node throws or emits into a {@link UdpErrnoError}; `syscall` is used where Node names none. */
export function systemError(operation: string, error: unknown, where: Refused): UdpErrnoError {
  const { code, syscall, info } = error as NodeSystemError;
  const name = info?.code ?? code ?? "UNKNOWN";
  return refused(operation, name, { ...where, syscall: syscall ?? info?.syscall ?? where.syscall, cause: error });
}

/** The error that the system would have given, made here because Node would hide or garble it. */
export function refused(operation: string, code: string, where: Refused): UdpErrnoError {
  const port = where.port === undefined ? "" : ` port ${where.port}`;
  const at = where.address === undefined ? port : ` ${where.address || '""'}${port}`;
  return new UdpErrnoError(code, `${operation}: ${where.syscall}${at} failed with ${code}`, where);
}

/** What a send callback was given. */
export function sendError(
  operation: string,
  error: Error,
  to: { readonly address: string | undefined; readonly port: number } | undefined,
): UdpErrnoError {
  const { address, port } = error as { address?: string; port?: number };
  return systemError(operation, error, { syscall: "send", address: address ?? to?.address, port: port ?? to?.port });
}
