import type { Family } from "./address.ts";
import { type Addresses, addresses } from "./addresses.ts";
import { checkBoolean, checkHost, checkOptions, checkPort, wrongArgument } from "./arguments.ts";
import { bind } from "./bind.ts";
import type { Breakable, ByteRange } from "./call-options.ts";
import { close } from "./close.ts";
import { connect, disconnect } from "./connect.ts";
import { datagrams } from "./datagrams.ts";
import { deliverTo } from "./deliver.ts";
import type { Evt } from "./evt.ts";
import type { Datagram, DatagramHandler } from "./inbox.ts";
import { applyLiveness } from "./liveness.ts";
import { joinGroup, leaveGroup } from "./membership.ts";
import { getOption, setMulticastInterface, setMulticastLoopback, setMulticastTtl, setTtl } from "./options.ts";
import { type ReadyEvt, receiveReadyEvt, sendReadyEvt } from "./ready-evt.ts";
import { type Received, type ReceiveOptions, receive, receiveInto, tryReceive, tryReceiveInto } from "./receive.ts";
import { setReceiveBufferSize } from "./receive-buffer.ts";
import { type ReceivedInto, receiveEvt, receiveIntoEvt } from "./receive-evt.ts";
import { addressesOf } from "./resolve.ts";
import { send, sendTo, trySend, trySendTo } from "./send.ts";
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
 * A call that waits on a bound or connected socket keeps the process running, an open socket alone does not.
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
   * @throws {@link UdpErrnoError} `ENOTFOUND`, … when `host` cannot be resolved
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

  /**
   * Whether the socket can receive: after {@link bind}, or any send that reached the system. Keeps its value when closed.
   * @see Racket `udp-bound?`
   */
  get bound(): boolean {
    return this.#state.bound;
  }

  /**
   * Whether the socket has a peer. Keeps its value when closed.
   * @see Racket `udp-connected?`
   */
  get connected(): boolean {
    return this.#state.peer !== undefined;
  }

  /** Whether {@link close} was called. */
  get closed(): boolean {
    return this.#state.closed;
  }

  /**
   * Binds to a local address: numeric (`fe80::1%eth0` with its interface), a name, a group, or `null` for any, which on
   * IPv6 sockets includes IPv4. Port 0 picks a free one. Of a name's addresses the first that works is taken.
   * @throws {@link UdpNetworkError} `ERR_UDP_ALREADY_BOUND`; {@link UdpErrnoError} `EADDRINUSE`, `EADDRNOTAVAIL`,
   * `EINVAL` when connected; the socket can be bound again then
   * @see Racket `udp-bind!`
   */
  bind(host: string | null, port: number, options?: BindOptions): Promise<void> {
    return bind(this.#state, host, port, options);
  }

  /**
   * Sets the peer, or replaces it: only its datagrams are heard, beside those that wait already, and {@link send} goes
   * to it. The local port stays. `null` twice disconnects. Waits only for a name, and for a datagram of {@link send}
   * that is still in a full queue.
   * @throws {@link UdpErrnoError} with the old peer kept
   * @see Racket `udp-connect!`
   */
  connect(host: string, port: number): Promise<void>;
  connect(host: null, port: null): Promise<void>;
  connect(host: string | null, port: number | null): Promise<void> {
    return connect(this.#state, host, port);
  }

  /**
   * Gives up the peer, if there is one; a bound socket keeps its port. Waits as {@link connect} does.
   * @see Racket `udp-connect!` with #f
   */
  disconnect(): Promise<void> {
    return disconnect(this.#state);
  }

  /**
   * Both ends as numeric addresses and ports.
   * @see Racket `udp-addresses`
   */
  addresses(): Addresses {
    return addresses(this.#state);
  }

  /**
   * Closes at once: the port is free, unread datagrams are gone, memberships end, and all that waits fails with
   * `ERR_UDP_CLOSED`, except ready events, which become ready, and iterations, which end.
   * @throws {@link UdpNetworkError} `ERR_UDP_CLOSED` when closed already
   * @see Racket `udp-close`
   */
  close(): void {
    close(this.#state);
  }

  /** {@link close} for `await using`; tolerates a closed socket. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#state.closed) close(this.#state);
  }

  /**
   * Sends one datagram and waits until the system has taken it. Binds an unbound socket.
   * @param host - numeric, or a name, which is resolved each time
   * @param bytes - at most 65,507 bytes over IPv4, 65,527 over IPv6; copied when they are sent
   * @throws {@link UdpNetworkError} `ERR_UDP_CONNECTED`; {@link UdpErrnoError} `EMSGSIZE`, `EAFNOSUPPORT`, `ENETUNREACH`, …
   * @see Racket `udp-send-to`, `udp-send-to/enable-break`
   */
  sendTo(host: string, port: number, bytes: Uint8Array, options?: ByteRange & Breakable): Promise<void> {
    return sendTo(this.#state, host, port, bytes, options);
  }

  /**
   * Sends one datagram if the system takes it at once. Binds an unbound socket. An error that the system tells later
   * is raised by the next send or receive on the socket.
   * @param host - numeric: resolving a name takes time
   * @returns `false` if it would have to wait; nothing was sent then
   * @throws as {@link sendTo}; {@link UdpContractError} `ERR_UDP_NOT_LITERAL` for a name
   * @see Racket `udp-send-to*`
   */
  trySendTo(host: string, port: number, bytes: Uint8Array, range?: ByteRange): boolean {
    return trySendTo(this.#state, host, port, bytes, range);
  }

  /**
   * Sends one datagram to the peer and waits until the system has taken it.
   * @throws {@link UdpNetworkError} `ERR_UDP_NOT_CONNECTED`; {@link UdpErrnoError} `ECONNREFUSED`, once, when an earlier
   * datagram found nobody: this one was not sent then
   * @see Racket `udp-send`, `udp-send/enable-break`
   */
  send(bytes: Uint8Array, options?: ByteRange & Breakable): Promise<void> {
    return send(this.#state, bytes, options);
  }

  /**
   * Sends one datagram to the peer if the system takes it at once.
   * @returns `false` if it would have to wait; nothing was sent then
   * @throws as {@link send}
   * @see Racket `udp-send*`
   */
  trySend(bytes: Uint8Array, range?: ByteRange): boolean {
    return trySend(this.#state, bytes, range);
  }

  /**
   * Takes the next datagram, waiting for it if need be; calls that wait are served in their order.
   * @throws {@link UdpNetworkError} `ERR_UDP_NOT_BOUND`, `ERR_UDP_CLOSED`, also while waiting
   * @see Racket `udp-receive!`, `udp-receive!/enable-break`
   */
  receive(options?: ReceiveOptions & Breakable): Promise<Datagram> {
    return receive(this.#state, options);
  }

  /**
   * Takes the next datagram of those that the event loop has read by now; see {@link settled}.
   * @returns `undefined` if there is none
   * @see Racket `udp-receive!*`
   */
  tryReceive(options?: ReceiveOptions): Datagram | undefined {
    return tryReceive(this.#state, options);
  }

  /**
   * {@link receive} into the caller's buffer: what does not fit from `start` to `end` is discarded, other bytes stay.
   * @see Racket `udp-receive!`, `udp-receive!/enable-break`
   */
  receiveInto(buffer: Uint8Array, options?: ByteRange & Breakable): Promise<Received> {
    return receiveInto(this.#state, buffer, options);
  }

  /**
   * {@link tryReceive} into the caller's buffer.
   * @returns `undefined` if there is none, which an empty datagram is not
   * @see Racket `udp-receive!*`
   */
  tryReceiveInto(buffer: Uint8Array, range?: ByteRange): Received | undefined {
    return tryReceiveInto(this.#state, buffer, range);
  }

  /** Every datagram, until the socket is closed; failures of earlier `try` sends are left to other calls. */
  [Symbol.asyncIterator](): AsyncIterableIterator<Datagram, undefined> {
    return datagrams(this.#state);
  }

  /**
   * Hands each datagram over as the event loop reads it, first those that wait, instead of keeping it for a receive:
   * the cheapest way to hear many. `null` ends that. Keeps the process running as a call that waits does.
   * @param handler - takes the place of the one before; what it throws is an uncaught exception
   * @throws {@link UdpNetworkError} `ERR_UDP_NOT_BOUND`, `ERR_UDP_CLOSED`
   */
  deliverTo(handler: DatagramHandler | null): void {
    deliverTo(this.#state, handler);
  }

  /** Waits, a few turns of the event loop, until what the kernel holds for the socket by now has been read. */
  settled(): Promise<void> {
    return settleSocket(this.#state);
  }

  /**
   * Ready when a receive would not wait: a datagram is there, or an error, or the socket is closed. Takes nothing.
   * @see Racket `udp-receive-ready-evt`
   */
  receiveReadyEvt(): ReadyEvt {
    return receiveReadyEvt(this.#state);
  }

  /**
   * Ready when a send would not wait, or the socket is closed. Sends nothing and does not bind.
   * @see Racket `udp-send-ready-evt`
   */
  sendReadyEvt(): ReadyEvt {
    return sendReadyEvt(this.#state);
  }

  /**
   * Takes the next datagram if chosen.
   * @see Racket `udp-receive!-evt`
   */
  receiveEvt(): Evt<Datagram> {
    return receiveEvt(this.#state);
  }

  /**
   * Writes the next datagram into `buffer` if chosen, and otherwise leaves both alone.
   * @see Racket `udp-receive!-evt`
   */
  receiveIntoEvt(buffer: Uint8Array, range?: ByteRange): Evt<ReceivedInto> {
    return receiveIntoEvt(this.#state, buffer, range);
  }

  /**
   * Sends one datagram if chosen. The bytes and the socket's state count as they are then; a name is resolved once,
   * when the event is first synchronized on.
   * @see Racket `udp-send-to-evt`
   */
  sendToEvt(host: string, port: number, bytes: Uint8Array, range?: ByteRange): Evt<undefined> {
    return sendToEvt(this.#state, host, port, bytes, range);
  }

  /**
   * Sends one datagram to the peer if chosen. The bytes and the socket's state count as they are then.
   * @see Racket `udp-send-evt`
   */
  sendEvt(bytes: Uint8Array, range?: ByteRange): Evt<undefined> {
    return sendEvt(this.#state, bytes, range);
  }

  /**
   * Bounds what waits unread, in bytes, at 768 a datagram beside its data; above it the newest are dropped. Linux
   * counts twice the size given. The system's default is 212,992 bytes on Linux.
   * @throws {@link UdpNetworkError} `ERR_UDP_BUFFER_SIZE` above the system's maximum; the size stays then
   * @see Racket `udp-set-receive-buffer-size!`
   */
  setReceiveBufferSize(size: number): void {
    setReceiveBufferSize(this.#state, size);
  }

  /**
   * Hops that a unicast datagram may take; the system's default is 64 almost everywhere.
   * @see Racket `udp-ttl`
   */
  get ttl(): number {
    return getOption(this.#state, "ttl");
  }

  /**
   * Sets {@link UdpSocket.ttl}, 0 to 255; 0 is refused by the system (`EINVAL`).
   * @see Racket `udp-set-ttl!`
   */
  setTtl(ttl: number): void {
    setTtl(this.#state, ttl);
  }

  /**
   * Hops that a group datagram may take; 1 by default, 0 keeps it on this machine.
   * @see Racket `udp-multicast-ttl`
   */
  get multicastTtl(): number {
    return getOption(this.#state, "multicastTtl");
  }

  /**
   * Sets {@link multicastTtl}, 0 to 255.
   * @see Racket `udp-multicast-set-ttl!`
   */
  setMulticastTtl(ttl: number): void {
    setMulticastTtl(this.#state, ttl);
  }

  /**
   * Whether members on this machine hear what the socket sends to a group; `true` by default.
   * @see Racket `udp-multicast-loopback?`
   */
  get multicastLoopback(): boolean {
    return getOption(this.#state, "multicastLoopback");
  }

  /**
   * Sets {@link multicastLoopback}. On Linux it is the sender's that counts; on Windows the receiver's.
   * @see Racket `udp-multicast-set-loopback!`
   */
  setMulticastLoopback(on: boolean): void {
    setMulticastLoopback(this.#state, on);
  }

  /**
   * The interface that group datagrams leave by: an address on IPv4, a zone (`::%eth0`) on IPv6; the wildcard address
   * while the system chooses.
   * @see Racket `udp-multicast-interface`
   */
  get multicastInterface(): string {
    return getOption(this.#state, "multicastInterface");
  }

  /**
   * Sets {@link multicastInterface}, from the next datagram on: on IPv4 by its address, on IPv6 by name, index, zone
   * (`::%eth0`) or address. `null` leaves the choice to the system.
   * @throws {@link UdpErrnoError} `EADDRNOTAVAIL`, `ENODEV` if there is no such interface; nothing changes then
   * @see Racket `udp-multicast-set-interface!`
   */
  setMulticastInterface(host: string | null): void {
    setMulticastInterface(this.#state, host);
  }

  /**
   * Joins a group on an interface, given as for {@link setMulticastInterface}. Does not bind.
   * @throws {@link UdpErrnoError} `EINVAL` for no group, `EAI_ADDRFAMILY` for one of the other family, `ENODEV`,
   * `EADDRINUSE` when joined already, `ENOBUFS` above the system's limit (20 on Linux)
   * @see Racket `udp-multicast-join-group!`
   */
  joinGroup(group: string, iface: string | null): void {
    joinGroup(this.#state, group, iface);
  }

  /**
   * Leaves a group on an interface, however that was spelled when joining.
   * @throws {@link UdpErrnoError} `EADDRNOTAVAIL` if it was not joined
   * @see Racket `udp-multicast-leave-group!`
   */
  leaveGroup(group: string, iface: string | null): void {
    leaveGroup(this.#state, group, iface);
  }

  /** Makes the socket, once it is bound or connected, keep the process running, also while nothing waits. */
  ref(): this {
    this.#state.keepAlive = "always";
    applyLiveness(this.#state);
    return this;
  }

  /** Lets the process end, also while a call waits. */
  unref(): this {
    this.#state.keepAlive = "never";
    applyLiveness(this.#state);
    return this;
  }

  /** Datagrams so far. */
  get counters(): UdpCounters {
    const { inbox, sent } = this.#state;
    return { received: inbox.received, dropped: inbox.dropped, sent };
  }
}
