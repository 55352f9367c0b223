import { type ReadyEvt, UdpSocket } from "../../udp/index.ts";
import type { Family } from "../core/datagram.ts";
import { bindShared } from "./shared-bind.ts";

const TTL = 255; // RFC 6762 §11
const RECEIVE_BUFFERS = [4_194_304, 2_097_152, 1_048_576, 524_288]; // bytes; the system may allow less
const MAX_BACKLOG = 512; // datagrams
const MAX_REPLIES = 64; // of these; who asked has asked again, or gone, by the time that more could be sent

/** Whom a send concerns. */
export interface SendOwner {
  /** The system took it. */
  sent(outgoing: Outgoing): void;
  /** The system refused it; `late` if it was told as sent before. */
  failed(outgoing: Outgoing, error: Error, options: { readonly late: boolean }): void;
  /** There was no room to keep it until the system would take it. */
  dropped(outgoing: Outgoing): void;
}

export interface Outgoing {
  readonly family: Family;
  /** Numeric; link-local IPv6 with its zone. */
  readonly host: string;
  readonly port: number;
  readonly bytes: Uint8Array;
  /** Sent to the group. */
  readonly group: boolean;
  /** The interface to leave by, as the socket takes it; the system's choice without it. */
  readonly via: string | undefined;
  readonly owner: SendOwner;
}

export interface MdnsSocketOptions {
  readonly family: Family;
  /** `null` is the wildcard. */
  readonly host: string | null;
  readonly receive: (data: Uint8Array, host: string, port: number) => void;
  /** What a handler threw. */
  readonly onError: (error: unknown) => void;
  readonly keepAlive: boolean;
}

/** A socket on port 5353 that hands over what it hears at once and keeps what the system does not take yet. */
export class MdnsSocket {
  readonly udp: UdpSocket;
  readonly #backlog: Outgoing[] = [];
  readonly #sendReady: ReadyEvt;
  readonly #unwatch: () => void;
  #stopDraining: (() => void) | undefined;
  #flushed: (() => void)[] = [];
  #last: Outgoing | undefined;
  #way: { readonly via: string; readonly owner: SendOwner } | undefined;

  private constructor(udp: UdpSocket, options: MdnsSocketOptions) {
    this.udp = udp;
    this.#sendReady = udp.sendReadyEvt();
    this.#unwatch = udp.receiveReadyEvt().watch(() => this.check());
    const { receive, onError } = options;
    udp.deliverTo((data, host, port) => {
      try {
        receive(data, host, port);
      } catch (error) {
        onError(error);
      }
    });
    this.setKeepAlive(options.keepAlive);
  }

  /** @throws UdpNetworkError what the system says */
  static async open(options: MdnsSocketOptions): Promise<MdnsSocket> {
    const { family, host } = options;
    const udp = new UdpSocket(family === "ipv6" ? { family, ipv6Only: true } : { family });
    try {
      await bindShared(udp, host);
      udp.setTtl(TTL);
      udp.setMulticastTtl(TTL);
      udp.setMulticastLoopback(true);
      enlargeReceiveBuffer(udp);
      return new MdnsSocket(udp, options);
    } catch (error) {
      udp.close();
      throw error;
    }
  }

  setKeepAlive(keepAlive: boolean): void {
    if (this.udp.closed) return;
    if (keepAlive) this.udp.ref();
    else this.udp.unref();
  }

  send(outgoing: Outgoing): void {
    if (this.udp.closed) return;
    if (this.#backlog.length === 0 && this.#canSend()) this.#transmit(outgoing);
    else if (this.#backlog.length < (outgoing.group ? MAX_BACKLOG : MAX_REPLIES)) this.#keep(outgoing);
    else outgoing.owner.dropped(outgoing);
  }

  /** Settles when all that was sent is with the system. */
  flushed(): Promise<void> {
    if (this.udp.closed || (this.#backlog.length === 0 && this.#canSend())) return Promise.resolve();
    this.#watchSending();
    return new Promise((resolve) => this.#flushed.push(resolve));
  }

  close(): void {
    if (this.udp.closed) return;
    this.#unwatch();
    this.#stopDraining?.();
    this.udp.close();
    this.#tellFlushed();
  }

  #canSend(): boolean {
    return this.#sendReady.poll() !== undefined;
  }

  #keep(outgoing: Outgoing): void {
    this.#backlog.push(outgoing);
    this.#watchSending();
  }

  #watchSending(): void {
    this.#stopDraining ??= this.#sendReady.watch(() => this.#drain());
  }

  #drain(): void {
    while (this.#canSend()) {
      const next = this.#backlog.shift();
      if (next === undefined) {
        this.#stopDraining?.();
        this.#stopDraining = undefined;
        this.#tellFlushed();
        return;
      }
      this.#transmit(next);
    }
  }

  #tellFlushed(): void {
    const waiting = this.#flushed;
    this.#flushed = [];
    for (const resolve of waiting) resolve();
  }

  #transmit(outgoing: Outgoing): void {
    const previous = this.#last;
    this.#last = outgoing;
    const failure = this.#attempt(outgoing);
    const again = failure === undefined ? undefined : this.#attempt(outgoing);
    if (again !== undefined) {
      outgoing.owner.failed(outgoing, again, { late: false });
      return;
    }
    // The first attempt only learnt what became of the datagram before.
    if (failure !== undefined) previous?.owner.failed(previous, failure, { late: true });
    outgoing.owner.sent(outgoing);
  }

  #attempt({ host, port, bytes, via, owner }: Outgoing): Error | undefined {
    try {
      if (via !== undefined) this.#leaveBy(via, owner);
      this.udp.trySendTo(host, port, bytes);
      return undefined;
    } catch (error) {
      this.#way = undefined;
      return error as Error;
    }
  }

  /** An interface that is made anew has another owner: the system still means the one that is gone. */
  #leaveBy(via: string, owner: SendOwner): void {
    if (this.#way?.via === via && this.#way.owner === owner) return;
    this.udp.setMulticastInterface(via);
    this.#way = { via, owner };
  }

  /** Takes up what became of the last send. */
  check(): void {
    if (this.udp.closed) return;
    try {
      this.udp.tryReceive(); // raises it, once
    } catch (error) {
      this.#way = undefined; // may be what was refused: an interface that is gone, and another has its address
      this.#last?.owner.failed(this.#last, error as Error, { late: true });
    }
  }
}

function enlargeReceiveBuffer(udp: UdpSocket): void {
  for (const size of RECEIVE_BUFFERS) {
    try {
      udp.setReceiveBufferSize(size);
      return;
    } catch {
      // the next smaller one
    }
  }
}
