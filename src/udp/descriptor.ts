import { createSocket, type Socket } from "node:dgram";
import type { Family } from "./address.ts";

const TYPE = { ipv4: "udp4", ipv6: "udp6" } as const;

// A synchronous lookup makes bind, connect and send of a literal take effect within the call (Node 20 to 24).
type Lookup = (
  hostname: string,
  options: unknown,
  callback: (error: null, address: string, family: number) => void,
) => void;
const literalOnly: Lookup = (hostname, _options, callback) => callback(null, hostname, 0);

const PORT_TRIES = 32;

export interface DescriptorOptions {
  readonly family: Family;
  readonly ipv6Only: boolean;
  readonly reuse: boolean;
  readonly address: string;
  /** 0 picks a free one. */
  readonly port: number;
}

/** A bound dgram socket. Throws what the system says. */
export function bindDescriptor(options: DescriptorOptions): Socket {
  if (options.port !== 0) return bindTo(options);
  for (let tries = 1; ; tries++) {
    try {
      return bindTo({ ...options, port: freePort(options) });
    } catch (error) {
      if (tries === PORT_TRIES || (error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    }
  }
}

/** Binding to a number, not to 0, makes Linux keep the port when the socket is disconnected. */
function freePort(options: DescriptorOptions): number {
  const probe = bindTo({ ...options, reuse: false });
  const { port } = probe.address();
  probe.close();
  return port;
}

function bindTo({ family, ipv6Only, reuse, address, port }: DescriptorOptions): Socket {
  const handle = createSocket({ type: TYPE[family], reuseAddr: reuse, ipv6Only, lookup: literalOnly });
  let failure: Error | undefined;
  const onError = (error: Error): void => {
    failure = error;
  };
  handle.on("error", onError);
  handle.bind({ address, port, exclusive: true });
  if (failure !== undefined) {
    handle.close();
    throw failure;
  }
  handle.off("error", onError);
  handle.setMaxListeners(0);
  return handle;
}
