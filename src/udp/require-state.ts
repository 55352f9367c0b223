import { UdpNetworkError } from "./errors.ts";
import type { SocketState } from "./socket-state.ts";

export function requireOpen(operation: string, state: SocketState): void {
  if (state.closed) throw new UdpNetworkError("ERR_UDP_CLOSED", `${operation}: the socket is closed`);
}

export function requireBound(operation: string, state: SocketState): void {
  requireOpen(operation, state);
  if (state.bound) return;
  throw new UdpNetworkError("ERR_UDP_NOT_BOUND", `${operation}: the socket is not bound; bind it or send first`);
}

export function requireUnbound(operation: string, state: SocketState): void {
  requireOpen(operation, state);
  if (!state.bound) return;
  throw new UdpNetworkError("ERR_UDP_ALREADY_BOUND", `${operation}: the socket is already bound`);
}

export function requireConnected(operation: string, state: SocketState): void {
  requireOpen(operation, state);
  if (state.peer !== undefined) return;
  throw new UdpNetworkError("ERR_UDP_NOT_CONNECTED", `${operation}: the socket is not connected; use sendTo`);
}

export function requireUnconnected(operation: string, state: SocketState): void {
  requireOpen(operation, state);
  if (state.peer === undefined) return;
  throw new UdpNetworkError("ERR_UDP_CONNECTED", `${operation}: the socket is connected; use send`);
}
