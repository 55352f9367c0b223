import type { Socket } from "node:dgram";
import type { Family, Literal } from "./address.ts";
import type { UdpErrnoError } from "./errors.ts";
import { type DatagramHandler, Inbox } from "./inbox.ts";
import { type Membership, type Settings, systemSettings } from "./settings.ts";
import { WaitList } from "./wait-list.ts";

export interface Peer {
  /** As dgram takes it. */
  readonly address: string;
  readonly port: number;
}

/** Where an unconnected socket sends. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly literal: Literal;
  /** As dgram takes it; `undefined` if the socket's family cannot reach it. */
  readonly address: string | undefined;
}

/** Where a send went, and until when that holds. */
interface Recent {
  readonly destination: Destination;
  readonly until: number;
}

/** Everything one socket knows; the functions of this folder act on it. */
export interface SocketState {
  readonly family: Family;
  readonly ipv6Only: boolean;
  /** Exists from the first call that needs a descriptor. While neither bound nor connected it is only staging. */
  handle: Socket | undefined;
  bound: boolean;
  peer: Peer | undefined;
  closed: boolean;

  readonly inbox: Inbox;
  /** Gets the datagrams instead of the inbox. */
  handler: DatagramHandler | undefined;
  /** Waiting receives, in order of arrival. */
  readonly receivers: WaitList;
  /** Waiting receive-ready events, which take nothing. */
  readonly onlookers: WaitList;
  /** They are to be woken when this turn of the event loop has read all it reads. */
  onlookersDue: boolean;

  /** Waiting sends, send events and send-ready events, in order of arrival. */
  readonly senders: WaitList;
  /** The last destination of each host, as most sends go where one before went; bounded. */
  readonly recent: Map<string, Recent>;
  /** The callback of every `try` send. */
  tried: ((error: Error | null) => void) | undefined;
  /** The system's outgoing queue is full, and one datagram of ours waits in libuv. */
  queued: boolean;
  sent: number;

  /** The peer's port is unreachable: the next send raises it, a receive clears it. */
  refusal: UdpErrnoError | undefined;
  /** A `try` send that failed a tick after it answered: the next operation raises it. */
  failure: UdpErrnoError | undefined;

  readonly settings: Settings;
  /** Kept only until bound. */
  readonly memberships: Membership[];

  keepAlive: "auto" | "always" | "never";
  /** Calls that wait right now. */
  holds: number;
}

export function openState(family: Family, ipv6Only: boolean): SocketState {
  return {
    family,
    ipv6Only,
    handle: undefined,
    bound: false,
    peer: undefined,
    closed: false,
    inbox: new Inbox(),
    handler: undefined,
    receivers: new WaitList(),
    onlookers: new WaitList(),
    onlookersDue: false,
    senders: new WaitList(),
    recent: new Map(),
    tried: undefined,
    queued: false,
    sent: 0,
    refusal: undefined,
    failure: undefined,
    settings: systemSettings(family),
    memberships: [],
    keepAlive: "auto",
    holds: 0,
  };
}
