import type { Family } from "./address.ts";
import { type Addresses, addresses } from "./addresses.ts";
import { checkBoolean, checkHost, checkOptions, checkPort, wrongArgument } from "./arguments.ts";
import { bind } from "./bind.ts";
import { close } from "./close.ts";
import { connect, disconnect } from "./connect.ts";
import { datagrams } from "./datagrams.ts";
import type { Evt } from "./evt.ts";
import type { Datagram } from "./inbox.ts";
import { applyLiveness } from "./liveness.ts";
import { joinGroup, leaveGroup } from "./membership.ts";
import { getOption, setMulticastInterface, setMulticastLoopback, setMulticastTtl, setTtl } from "./options.ts";
import { type ReadyEvt, receiveReadyEvt, sendReadyEvt } from "./ready-evt.ts";
import { type Received, type ReceiveOptions, receive, receiveInto, tryReceive, tryReceiveInto } from "./receive.ts";
import { setReceiveBufferSize } from "./receive-buffer.ts";
import { type ReceivedInto, receiveEvt, receiveIntoEvt } from "./receive-evt.ts";
import { addressesOf } from "./resolve.ts";
import { type Breakable, type ByteRange, send, sendTo, trySend, trySendTo } from "./send.ts";
import { sendEvt, sendToEvt } from "./send-evt.ts";
import { settleSocket } from "./settle.ts";
import { openState, type SocketState } from "./socket-state.ts";

/** Options of {@link UdpSocket}. */
export interface UdpSocketOptions {
  /** `"ipv4"` by default. */
  readonly family?: Family;
  /** Keeps an IPv6 socket from hearing IPv4 through its wildcard; `false` by default. */
  readonly ipv6Only?: boolean;
}

/** Options of {@link UdpSocket.bind}. */
export interface BindOptions {
  /** Shares the port with other sockets that say so too (SO_REUSEADDR); `false` by default. */
  readonly reuse?: boolean;
}

/** How many datagrams went through a socket. */
export interface UdpCounters {
  /** Taken from the system and kept for a receive. */
  readonly received: number;
  /** Dropped because {@link UdpSocket.setReceiveBufferSize} bytes were unread; the kernel's own drops are not known. */
  readonly dropped: number;
  /** Accepted by the system. */
  readonly sent: number;
}

/**
 * A UDP socket with the operations of Racket's `racket/udp`: each can wait, never wait, or be an event that
 * {@link sync} chooses among.
 *
 * A call that waits keeps the process running, an open socket alone does not.
 * @see Racket `racket/udp`
 */
export class UdpSocket {
  readonly #state: SocketState;

  /**
   * Opens a socket without resolving anything; it is neither bound nor connected.
   * @throws {@link UdpContractError}
   */
  constructor(options?: UdpSocketOptions) {
    checkOptions("UdpSocket", options);
    const { family = "ipv4", ipv6Only = false } = options ?? {};
    if (family !== "ipv4" && family !== "ipv6") throw wrongArgument("UdpSocket", "family", '"ipv4" or "ipv6"', family);
    checkBoolean("UdpSocket", "ipv6Only", ipv6Only);
    this.#state = openState(family, ipv6Only);
  }

  /**
   * Opens a socket of the family that `host` resolves to first; IPv4 without a host. It is neither bound nor connected.
   * @see Racket `udp-open-socket`
   */
  static async open(host?: string | null, port?: number | null): Promise<UdpSocket> {
    if (port !== undefined && port !== null) checkPort("open", port);
    if (host === undefined || host === null) return new UdpSocket();
    checkHost("open", host);
    const [{ family }] = await addressesOf("open", host);
    return new UdpSocket({ family });
  }

  /**
   * Whether `value` is a socket of this class; never throws.
   * @see Racket `udp?`
   */
  static isUdpSocket(value: unknown): value is UdpSocket {
    return typeof value === "object" && value !== null && #state in value;
  }

  /** The IP version, fixed when the socket was opened. */
  get family(): Family {
    return this.#state.family;
  }

  get bound(): boolean {
    return this.#state.bound;
  }

  get connected(): boolean {
    return this.#state.peer !== undefined;
  }

  get closed(): boolean {
    return this.#state.closed;
  }

  bind(host: string | null, port: number, options?: BindOptions): Promise<void> {
    return bind(this.#state, host, port, options);
  }

  connect(host: string, port: number): Promise<void>;
  connect(host: null, port: null): Promise<void>;
  connect(host: string | null, port: number | null): Promise<void> {
    return connect(this.#state, host, port);
  }

  async disconnect(): Promise<void> {
    disconnect(this.#state);
  }

  addresses(): Addresses {
    return addresses(this.#state);
  }

  close(): void {
    close(this.#state);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#state.closed) close(this.#state);
  }

  sendTo(host: string, port: number, bytes: Uint8Array, options?: ByteRange & Breakable): Promise<void> {
    return sendTo(this.#state, host, port, bytes, options);
  }

  trySendTo(host: string, port: number, bytes: Uint8Array, range?: ByteRange): boolean {
    return trySendTo(this.#state, host, port, bytes, range);
  }

  send(bytes: Uint8Array, options?: ByteRange & Breakable): Promise<void> {
    return send(this.#state, bytes, options);
  }

  trySend(bytes: Uint8Array, range?: ByteRange): boolean {
    return trySend(this.#state, bytes, range);
  }

  receive(options?: ReceiveOptions & Breakable): Promise<Datagram> {
    return receive(this.#state, options);
  }

  tryReceive(options?: ReceiveOptions): Datagram | undefined {
    return tryReceive(this.#state, options);
  }

  receiveInto(buffer: Uint8Array, options?: ByteRange & Breakable): Promise<Received> {
    return receiveInto(this.#state, buffer, options);
  }

  tryReceiveInto(buffer: Uint8Array, range?: ByteRange): Received | undefined {
    return tryReceiveInto(this.#state, buffer, range);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Datagram, undefined> {
    return datagrams(this.#state);
  }

  settled(): Promise<void> {
    return settleSocket(this.#state);
  }

  receiveReadyEvt(): ReadyEvt {
    return receiveReadyEvt(this.#state);
  }

  sendReadyEvt(): ReadyEvt {
    return sendReadyEvt(this.#state);
  }

  receiveEvt(): Evt<Datagram> {
    return receiveEvt(this.#state);
  }

  receiveIntoEvt(buffer: Uint8Array, range?: ByteRange): Evt<ReceivedInto> {
    return receiveIntoEvt(this.#state, buffer, range);
  }

  sendToEvt(host: string, port: number, bytes: Uint8Array, range?: ByteRange): Evt<undefined> {
    return sendToEvt(this.#state, host, port, bytes, range);
  }

  sendEvt(bytes: Uint8Array, range?: ByteRange): Evt<undefined> {
    return sendEvt(this.#state, bytes, range);
  }

  setReceiveBufferSize(size: number): void {
    setReceiveBufferSize(this.#state, size);
  }

  get ttl(): number {
    return getOption(this.#state, "ttl");
  }

  setTtl(ttl: number): void {
    setTtl(this.#state, ttl);
  }

  get multicastTtl(): number {
    return getOption(this.#state, "multicastTtl");
  }

  setMulticastTtl(ttl: number): void {
    setMulticastTtl(this.#state, ttl);
  }

  get multicastLoopback(): boolean {
    return getOption(this.#state, "multicastLoopback");
  }

  setMulticastLoopback(on: boolean): void {
    setMulticastLoopback(this.#state, on);
  }

  get multicastInterface(): string {
    return getOption(this.#state, "multicastInterface");
  }

  setMulticastInterface(host: string | null): void {
    setMulticastInterface(this.#state, host);
  }

  joinGroup(group: string, iface: string | null): void {
    joinGroup(this.#state, group, iface);
  }

  leaveGroup(group: string, iface: string | null): void {
    leaveGroup(this.#state, group, iface);
  }

  ref(): this {
    this.#state.keepAlive = "always";
    applyLiveness(this.#state);
    return this;
  }

  unref(): this {
    this.#state.keepAlive = "never";
    applyLiveness(this.#state);
    return this;
  }

  get counters(): UdpCounters {
    const { inbox, sent } = this.#state;
    return { received: inbox.received, dropped: inbox.dropped, sent };
  }
}
