import { inspect, types } from "node:util";
import { UdpContractError, UdpRangeError } from "./errors.ts";

function shown(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY, maxStringLength: 80 });
}

export function wrongArgument(operation: string, name: string, wanted: string, value: unknown): UdpContractError {
  return new UdpContractError("ERR_UDP_ARGUMENT", `${operation}: ${name} must be ${wanted}, got ${shown(value)}`);
}

export function outOfRange(operation: string, name: string, wanted: string, value: unknown): UdpContractError {
  if (typeof value !== "number") return wrongArgument(operation, name, wanted, value);
  return new UdpRangeError("ERR_UDP_RANGE", `${operation}: ${name} must be ${wanted}, got ${value}`);
}

/** A name stands where nothing is resolved. */
export function notNumeric(operation: string, name: string, version: "IPv4" | "IPv6", value: string): UdpContractError {
  const message = `${operation}: ${name} must be a numeric ${version} address, got "${value}"`;
  return new UdpContractError("ERR_UDP_NOT_LITERAL", message);
}

export function checkInteger(operation: string, name: string, value: unknown, min: number, max: number): void {
  if (Number.isInteger(value) && (value as number) >= min && (value as number) <= max) return;
  throw outOfRange(operation, name, `an integer from ${min} to ${max}`, value);
}

export function checkPort(operation: string, port: unknown): void {
  checkInteger(operation, "port", port, 1, 65_535);
}

export function checkHost(operation: string, host: unknown): asserts host is string {
  if (typeof host !== "string") throw wrongArgument(operation, "host", "a string", host);
}

export function checkBytes(operation: string, bytes: unknown): asserts bytes is Uint8Array {
  if (!types.isUint8Array(bytes)) throw wrongArgument(operation, "bytes", "a Uint8Array", bytes);
  if (bytes.length === 0 && isDetached(bytes.buffer)) {
    throw wrongArgument(operation, "bytes", "a Uint8Array whose memory is still its own", bytes);
  }
}

/** Whether the memory was transferred to somebody else. Node 20 does not have `ArrayBuffer.prototype.detached` yet. */
function isDetached(memory: ArrayBufferLike): boolean {
  if (memory.byteLength > 0) return false;
  try {
    return new Uint8Array(memory).length > 0;
  } catch {
    return true;
  }
}

/** `undefined` is "not given"; an explicit `null` is an error, as an explicit #f is in Racket. */
export function checkRange(operation: string, length: number, start: unknown, end: unknown): void {
  if (start !== undefined) checkInteger(operation, "start", start, 0, length);
  if (end !== undefined) checkInteger(operation, "end", end, (start as number | undefined) ?? 0, length);
}

export function checkBoolean(operation: string, name: string, value: unknown): asserts value is boolean {
  if (typeof value !== "boolean") throw wrongArgument(operation, name, "a boolean", value);
}

export function checkOptions(operation: string, options: unknown): void {
  if (options === undefined || (typeof options === "object" && options !== null)) return;
  throw wrongArgument(operation, "options", "an object", options);
}

export function checkSignal(operation: string, signal: unknown): void {
  if (signal === undefined || signal instanceof AbortSignal) return;
  throw wrongArgument(operation, "signal", "an AbortSignal", signal);
}

export function checkDuration(operation: string, name: string, value: unknown): void {
  if (typeof value === "number" && value >= 0) return;
  throw outOfRange(operation, name, "a number of milliseconds from 0", value);
}
