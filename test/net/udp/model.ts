import { expect } from "vitest";
import { sync, UdpSocket } from "../../../src/udp/index.ts";
import { settled } from "../../../src/udp/loop-turn.ts";

export const HERE = "127.0.0.1";
export const DEAD_PORT = 1; // nothing listens on UDP port 1

/** What the contract says about one socket. */
export interface ModelSocket {
  bound: boolean;
  /** The port of the peer, all being on 127.0.0.1. */
  peer: number | undefined;
  closed: boolean;
  /** The local port, 0 where the kernel has none. */
  port: number;
  refusal: boolean;
  inbox: string[];
  received: number;
  sent: number;
  groups: Set<string>;
  ttl: number;
}

export interface Model {
  readonly sockets: ModelSocket[];
  next: number;
}

export interface Real {
  readonly sockets: UdpSocket[];
}

export const freshSocket = (): ModelSocket => ({
  bound: false,
  peer: undefined,
  closed: false,
  port: 0,
  refusal: false,
  inbox: [],
  received: 0,
  sent: 0,
  groups: new Set(),
  ttl: 64,
});

export const SOCKETS = 3;

export function setup(): { model: Model; real: Real } {
  const indices = Array.from({ length: SOCKETS });
  return {
    model: { sockets: indices.map(freshSocket), next: 0 },
    real: { sockets: indices.map(() => new UdpSocket()) },
  };
}

/** The socket that a datagram from `from` to `port` reaches. */
function recipient(model: Model, from: ModelSocket, port: number): ModelSocket | undefined {
  return model.sockets.find(
    (socket) =>
      !socket.closed && socket.port === port && port !== 0 && (socket.peer === undefined || socket.peer === from.port),
  );
}

/** What the system does with one datagram, and what it tells a connected sender. */
export function carry(model: Model, from: ModelSocket, port: number, data: string): void {
  from.sent++;
  const to = recipient(model, from, port);
  if (to !== undefined) {
    to.inbox.push(data);
    to.received++;
  } else if (from.peer !== undefined) {
    from.refusal = true;
  }
}

/** `"ok"` or the code of the error. */
export async function outcome(call: () => unknown): Promise<unknown> {
  try {
    await call();
    return "ok";
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
}

const PATIENCE_MS = 2_000;

async function arrival(arrived: () => boolean): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!arrived() && performance.now() < deadline) await settled();
}

/** Waits for what must have arrived by the model, and compares everything that can be seen. */
export async function compare(model: Model, real: Real): Promise<void> {
  for (const [index, expected] of model.sockets.entries()) {
    const socket = real.sockets[index] as UdpSocket;
    if (!expected.closed) {
      await arrival(() => socket.counters.received >= expected.received);
      if (expected.refusal) expect(await sync(socket.receiveReadyEvt(), { timeoutMs: PATIENCE_MS })).not.toBeNull();
      const { localPort, remotePort } = socket.addresses();
      expect([localPort, remotePort]).toEqual([expected.port, expected.peer ?? 0]);
      expect(socket.ttl).toBe(expected.ttl);
    }
    expect({
      bound: socket.bound,
      connected: socket.connected,
      closed: socket.closed,
      counters: socket.counters,
    }).toEqual({
      bound: expected.bound,
      connected: expected.peer !== undefined,
      closed: expected.closed,
      counters: { received: expected.received, dropped: 0, sent: expected.sent },
    });
  }
}
