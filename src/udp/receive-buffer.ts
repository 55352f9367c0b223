import { outOfRange } from "./arguments.ts";
import { UdpNetworkError } from "./errors.ts";
import { DATAGRAM_OVERHEAD } from "./inbox.ts";
import { requireOpen } from "./require-state.ts";
import type { SocketState } from "./socket-state.ts";
import { descriptor } from "./staging.ts";
import { systemError } from "./system-error.ts";

const OPERATION = "setReceiveBufferSize";

// Linux reserves as much again for its bookkeeping, and reports both.
const KERNEL_FACTOR = process.platform === "linux" ? 2 : 1;

export function setReceiveBufferSize(state: SocketState, size: number): void {
  if (!Number.isInteger(size) || size < 1) throw outOfRange(OPERATION, "size", "a positive integer", size);
  requireOpen(OPERATION, state);
  if (size >= 2 ** 31) throw tooLarge(size, 2 ** 31 - 1);
  const handle = descriptor(OPERATION, state);
  try {
    const before = handle.getRecvBufferSize();
    handle.setRecvBufferSize(size);
    const granted = handle.getRecvBufferSize();
    if (granted < size * KERNEL_FACTOR) {
      handle.setRecvBufferSize(before / KERNEL_FACTOR);
      throw tooLarge(size, granted / KERNEL_FACTOR);
    }
    state.settings.receiveBufferSize = size;
    state.inbox.budget = Math.max(granted, DATAGRAM_OVERHEAD);
  } catch (error) {
    throw error instanceof UdpNetworkError ? error : systemError(OPERATION, error, { syscall: "setsockopt" });
  }
}

function tooLarge(size: number, largest: number): UdpNetworkError {
  const message = `${OPERATION}: ${size} bytes are more than the system allows (${largest})`;
  return new UdpNetworkError("ERR_UDP_BUFFER_SIZE", message);
}
