/**
 * UDP sockets with waiting, never-waiting and selectable operations, as in Racket's `racket/udp`.
 * @module earshot/udp
 */

export type { Family } from "./address.ts";
export type { Addresses } from "./addresses.ts";
export type { Breakable, ByteRange } from "./call-options.ts";
export { choice, type ResultOf } from "./choice.ts";
export { always, never } from "./constant-evt.ts";
export {
  type Refused,
  UdpContractError,
  UdpErrnoError,
  UdpError,
  UdpNetworkError,
  UdpRangeError,
} from "./errors.ts";
export { type Evt, makeEvt, type Taken, wrap } from "./evt.ts";
export type { Datagram, DatagramHandler } from "./inbox.ts";
export type { ReadyEvt } from "./ready-evt.ts";
export type { Received, ReceiveOptions } from "./receive.ts";
export type { ReceivedInto } from "./receive-evt.ts";
export { type SyncOptions, type SyncTimeoutOptions, sync } from "./sync.ts";
export { timeout } from "./timeout.ts";
export { type BindOptions, type UdpCounters, UdpSocket, type UdpSocketOptions } from "./udp-socket.ts";
