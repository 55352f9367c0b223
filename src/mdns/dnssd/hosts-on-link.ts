import type { Link } from "../link/link.ts";
import type { Name } from "../wire/name.ts";
import { HostWatch } from "./host-watch.ts";

/** The hosts of service instances on one link: instances of one host share its addresses. */
export class HostsOnLink {
  readonly #link: Link;
  readonly #hosts = new Map<string, HostWatch>();

  constructor(link: Link) {
    this.#link = link;
  }

  /** @param changed - called when the host's addresses change; it may be in use only once for one host */
  open(name: Name, changed: () => void): HostWatch {
    let host = this.#hosts.get(name.key);
    if (host === undefined) {
      host = new HostWatch(this.#link, name);
      this.#hosts.set(name.key, host);
    }
    host.add(changed);
    return host;
  }

  close(host: HostWatch, changed: () => void): void {
    host.remove(changed);
    if (host.wanted) return;
    host.stop();
    this.#hosts.delete(host.name.key);
  }
}
