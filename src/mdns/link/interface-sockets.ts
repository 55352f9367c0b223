import { type Family, MDNS_PORT, type Transmission } from "../core/datagram.ts";
import { GROUP_ADDRESS } from "./group-address.ts";
import type { InterfaceInfo } from "./interface-info.ts";
import type { LinkAddress } from "./link-address.ts";
import { MdnsSocket, type SendOwner } from "./mdns-socket.ts";
import { Membership } from "./membership.ts";
import { nearestRange } from "./nearest-range.ts";
import { openReplySocket } from "./reply-socket.ts";
import { repliesApart, type SocketPlan } from "./socket-plan.ts";
import { isLinkLocal, type Subnet, subnet } from "./subnet.ts";
import { addressText } from "./usable-address.ts";

/** What arrived on a socket that belongs to one interface. */
export interface Arrival {
  readonly family: Family;
  readonly to: "group" | "host";
  readonly bytes: Uint8Array;
  readonly host: string;
  readonly port: number;
}

export interface InterfaceSocketsOptions {
  readonly plan: SocketPlan;
  readonly families: readonly Family[];
  /** The sockets that serve all interfaces. */
  readonly shared: ReadonlyMap<Family, MdnsSocket>;
  /** Those of them that only reply, where there are any; undefined for what never replies. */
  readonly replies?: ReadonlyMap<Family, MdnsSocket>;
  /** Port 5353 is ours alone. */
  readonly unicast: boolean;
  readonly keepAlive: () => boolean;
  readonly owner: SendOwner;
  readonly receive: (arrival: Arrival) => void;
  readonly onError: (error: unknown) => void;
}

interface GroupPort {
  readonly socket: MdnsSocket;
  /** For unicast where port 5353 is shared. */
  readonly reply: MdnsSocket | undefined;
  readonly membership: Membership;
  /** Made for this interface, so that it ends with it. */
  readonly own: boolean;
}

interface AddressPort {
  readonly socket: MdnsSocket;
  readonly range: Subnet;
}

/** The sockets and memberships of one interface. */
export class InterfaceSockets {
  readonly #options: InterfaceSocketsOptions;
  readonly #groups = new Map<Family, GroupPort>();
  /** By address. */
  readonly #unicast = new Map<string, AddressPort>();
  #nearest: (peer: string) => AddressPort | undefined = nearestRange([]);
  #info: InterfaceInfo;
  #complete = false;

  constructor(info: InterfaceInfo, options: InterfaceSocketsOptions) {
    this.#info = info;
    this.#options = options;
  }

  /**
   * Opens what is missing, closes what has lost its address, and makes sure of the memberships.
   * @returns what the system refused, and whether a group was joined, for the first time or as it had been lost
   */
  async refresh(
    info: InterfaceInfo,
    { renew = false }: { readonly renew?: boolean } = {},
  ): Promise<{ readonly refused: readonly Error[]; readonly joined: boolean }> {
    // Where the index is known, an interface that was replaced does not go unnoticed.
    const certain = this.#complete && info === this.#info && info.index !== undefined;
    if (certain && !renew) return { refused: [], joined: false };
    this.#info = info;
    const refused: Error[] = [];
    let joined = false;
    for (const family of this.#options.families) {
      try {
        if (await this.#refreshGroup(family)) joined = true;
      } catch (error) {
        refused.push(error as Error);
      }
    }
    await this.#refreshUnicast(refused);
    this.#complete = refused.length === 0;
    return { refused, joined };
  }

  transmit({ bytes, to }: Transmission): void {
    const { owner } = this.#options;
    if ("group" in to) {
      const port = this.#groups.get(to.group);
      if (port === undefined) return;
      const host = to.group === "ipv6" ? `${GROUP_ADDRESS.ipv6}%${this.#info.name}` : GROUP_ADDRESS.ipv4;
      const via = port.own ? undefined : this.#leaveBy(to.group);
      port.socket.send({ family: to.group, host, port: MDNS_PORT, bytes, group: true, via, owner });
      return;
    }
    const { family, address, port } = to;
    const host = family === "ipv6" && isLinkLocal(address) ? `${address}%${this.#info.name}` : address;
    this.#towards(family, address)?.send({ family, host, port, bytes, group: false, via: undefined, owner });
  }

  /** Families by which the group can be reached. */
  get families(): readonly Family[] {
    return [...this.#groups.keys()];
  }

  /** What became of the last sends. */
  check(): void {
    for (const { socket } of this.#own()) socket.check();
  }

  flushed(): Promise<unknown> {
    return Promise.all(this.#own().map(({ socket }) => socket.flushed()));
  }

  setKeepAlive(keepAlive: boolean): void {
    for (const { socket } of this.#own()) socket.setKeepAlive(keepAlive);
  }

  close(): void {
    for (const family of this.#groups.keys()) this.#closeGroup(family);
    for (const { socket } of this.#unicast.values()) socket.close();
    this.#unicast.clear();
    this.#unicastChanged();
  }

  #own(): readonly { readonly socket: MdnsSocket }[] {
    const groups = [...this.#groups.values()].filter(({ own }) => own);
    const replies = groups.flatMap(({ reply }) => (reply === undefined ? [] : [{ socket: reply }]));
    return [...groups, ...replies, ...this.#unicast.values()];
  }

  #addresses(family: Family): readonly LinkAddress[] {
    // On a loopback interface the IPv6 group is unreachable.
    if (family === "ipv6" && this.#info.internal) return [];
    return this.#info.addresses.filter((address) => address.family === family);
  }

  async #refreshGroup(family: Family): Promise<boolean> {
    if (this.#addresses(family).length === 0) {
      this.#closeGroup(family);
      return false;
    }
    const known = this.#groups.get(family);
    const port = known ?? (await this.#openGroup(family));
    const iface = family === "ipv4" ? (this.#leaveBy(family) as string) : this.#info.name;
    try {
      const joined = port.membership.renew(iface);
      this.#groups.set(family, port);
      return joined;
    } catch (error) {
      if (known === undefined) closePort(port);
      throw error;
    }
  }

  async #openGroup(family: Family): Promise<GroupPort> {
    const { plan, shared, replies } = this.#options;
    const socket = shared.get(family);
    if (socket !== undefined) {
      const membership = plan.membershipsApart ? await Membership.apart() : Membership.of(socket.udp);
      return { socket, reply: replies?.get(family), membership, own: false };
    }
    const own = await this.#openSocket(family, `${GROUP_ADDRESS[family]}%${this.#info.name}`, "group");
    return { socket: own, reply: await this.#openReply(family), membership: Membership.of(own.udp), own: true };
  }

  /** Tied to the interface as the group's socket is: another interface may have the same subnet. */
  async #openReply(family: Family): Promise<MdnsSocket | undefined> {
    const { plan, unicast, replies, onError, keepAlive } = this.#options;
    if (!repliesApart(plan, unicast) || replies === undefined) return undefined;
    return openReplySocket({ family, zone: this.#info.name, onError, keepAlive: keepAlive() });
  }

  #closeGroup(family: Family): void {
    const port = this.#groups.get(family);
    this.#groups.delete(family);
    if (port !== undefined) closePort(port);
  }

  #openSocket(family: Family, host: string, to: "group" | "host"): Promise<MdnsSocket> {
    const { receive, onError, keepAlive } = this.#options;
    return MdnsSocket.open({
      family,
      host,
      receive: (bytes, source, port) => receive({ family, to, bytes, host: source, port }),
      onError,
      keepAlive: keepAlive(),
    });
  }

  async #refreshUnicast(refused: Error[]): Promise<void> {
    const { plan, unicast, families } = this.#options;
    const wanted = unicast && plan.addressSockets ? families.flatMap((family) => this.#addresses(family)) : [];
    const hosts = new Set(wanted.map(addressText));
    for (const [host, { socket }] of this.#unicast) {
      if (hosts.has(host)) continue;
      socket.close();
      this.#unicast.delete(host);
    }
    this.#unicastChanged();
    for (const address of wanted) {
      const host = addressText(address);
      if (this.#unicast.has(host)) continue;
      try {
        const socket = await this.#openSocket(address.family, host, "host");
        this.#unicast.set(host, { socket, range: subnet(address.address, address.prefixLength) });
        this.#unicastChanged();
      } catch (error) {
        refused.push(error as Error);
      }
    }
  }

  #unicastChanged(): void {
    this.#nearest = nearestRange([...this.#unicast.values()]);
  }

  /** The interface as a socket that serves several takes it. */
  #leaveBy(family: Family): string | undefined {
    return family === "ipv6" ? `::%${this.#info.name}` : this.#addresses(family)[0]?.address;
  }

  /** The socket of the own address nearest to a peer, else the one that replies, else the one that sends to the group. */
  #towards(family: Family, address: string): MdnsSocket | undefined {
    const port = this.#groups.get(family);
    return this.#nearest(address)?.socket ?? port?.reply ?? port?.socket;
  }
}

function closePort({ socket, reply, membership, own }: GroupPort): void {
  membership.close();
  if (!own) return;
  socket.close();
  reply?.close();
}
