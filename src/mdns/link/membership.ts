import { UdpNetworkError, UdpSocket } from "../../udp/index.ts";
import { GROUP_ADDRESS } from "./group-address.ts";

/**
 * Keeps one interface in the group. On a socket of its own a membership ends with it, whatever became of the
 * interface, and the system's limit on memberships per socket is never met.
 */
export class Membership {
  readonly #socket: UdpSocket;
  readonly #apart: boolean;
  #iface: string | undefined;

  private constructor(socket: UdpSocket, apart: boolean) {
    this.#socket = socket;
    this.#apart = apart;
  }

  /** Held by a socket made for it. IPv4 only. */
  static async apart(): Promise<Membership> {
    const socket = new UdpSocket({ family: "ipv4" }).unref();
    try {
      await socket.bind(GROUP_ADDRESS.ipv4, 0); // a port that nobody sends to; loopback may be down
    } catch (error) {
      socket.close();
      throw error;
    }
    return new Membership(socket, true);
  }

  /** Held by the socket that receives. */
  static of(socket: UdpSocket): Membership {
    return new Membership(socket, false);
  }

  /**
   * Joins, or makes sure that the membership still stands.
   * @param iface - an address of the interface, or for IPv6 its name
   * @returns whether it had to be joined: at first, or because the system dropped it
   * @throws UdpNetworkError what the system says
   */
  renew(iface: string): boolean {
    try {
      this.#socket.joinGroup(GROUP_ADDRESS[this.#socket.family], iface);
    } catch (error) {
      if (!(error instanceof UdpNetworkError) || error.code !== "EADDRINUSE") throw error;
      this.#iface = iface;
      return false;
    }
    this.#iface = iface;
    return true;
  }

  close(): void {
    if (this.#socket.closed) return;
    if (this.#apart) {
      this.#socket.close();
      return;
    }
    if (this.#iface === undefined) return;
    try {
      this.#socket.leaveGroup(GROUP_ADDRESS[this.#socket.family], this.#iface);
    } catch {
      // the interface or its address is gone, and the membership with it
    }
  }
}
