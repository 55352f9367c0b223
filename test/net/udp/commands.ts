import fc from "fast-check";
import { expect } from "vitest";
import { choice, never, sync, UdpSocket } from "../../../src/udp/index.ts";
import {
  carry,
  compare,
  DEAD_PORT,
  freshSocket,
  HERE,
  type Model,
  type ModelSocket,
  outcome,
  type Real,
  SOCKETS,
} from "./model.ts";

type Command = fc.AsyncCommand<Model, Real>;

interface Step {
  readonly name: string;
  /** Whether the step makes sense now. */
  when?(socket: ModelSocket): boolean;
  run(state: ModelSocket, socket: UdpSocket, model: Model, real: Real): Promise<void>;
}

const command = (index: number, step: Step): Command => ({
  check: (model) => step.when?.(model.sockets[index] as ModelSocket) ?? true,
  async run(model, real) {
    await step.run(model.sockets[index] as ModelSocket, real.sockets[index] as UdpSocket, model, real);
    await compare(model, real);
  },
  toString: () => `${step.name}(${index})`,
});

/** The kernel gave the socket a port, which only it knows. */
function adoptPort(state: ModelSocket, socket: UdpSocket): void {
  if (state.port === 0) state.port = socket.addresses().localPort;
}

const bind: Step = {
  name: "bind",
  async run(state, socket) {
    const expected = state.closed
      ? "ERR_UDP_CLOSED"
      : state.bound
        ? "ERR_UDP_ALREADY_BOUND"
        : state.peer !== undefined
          ? "EINVAL"
          : "ok";
    expect(await outcome(() => socket.bind(HERE, 0))).toBe(expected);
    if (expected !== "ok") return;
    state.bound = true;
    adoptPort(state, socket);
  },
};

const bindBusy = (other: number): Step => ({
  name: `bindToPortOf${other}`,
  when: (state) => !state.closed && !state.bound && state.peer === undefined,
  async run(_state, socket, model) {
    const taken = model.sockets[other] as ModelSocket;
    if (taken.closed || taken.port === 0) return;
    expect(await outcome(() => socket.bind(HERE, taken.port))).toBe("EADDRINUSE");
  },
});

const connect = (target: number | "dead"): Step => ({
  name: `connectTo ${target}`,
  async run(state, socket, model) {
    const port = target === "dead" ? DEAD_PORT : (model.sockets[target] as ModelSocket).port;
    if (port === 0) return;
    expect(await outcome(() => socket.connect(HERE, port))).toBe(state.closed ? "ERR_UDP_CLOSED" : "ok");
    if (state.closed) return;
    state.peer = port;
    adoptPort(state, socket);
  },
});

const connectWrongFamily: Step = {
  name: "connectWrongFamily",
  async run(state, socket) {
    expect(await outcome(() => socket.connect("::1", 9))).toBe(state.closed ? "ERR_UDP_CLOSED" : "EAFNOSUPPORT");
  },
};

const disconnect: Step = {
  name: "disconnect",
  async run(state, socket) {
    expect(await outcome(() => socket.disconnect())).toBe(state.closed ? "ERR_UDP_CLOSED" : "ok");
    if (state.closed) return;
    state.peer = undefined;
    if (!state.bound) state.port = 0;
  },
};

const close: Step = {
  name: "close",
  async run(state, socket) {
    expect(await outcome(() => socket.close())).toBe(state.closed ? "ERR_UDP_CLOSED" : "ok");
    state.closed = true;
  },
};

const reopen = (index: number): Step => ({
  name: "reopen",
  when: (state) => state.closed,
  async run(_state, _socket, model, real) {
    model.sockets[index] = freshSocket();
    real.sockets[index] = new UdpSocket();
  },
});

/** What any send says before it reaches the system. */
function sendRefused(state: ModelSocket, wantsPeer: boolean): string | undefined {
  if (state.closed) return "ERR_UDP_CLOSED";
  if (wantsPeer && state.peer === undefined) return "ERR_UDP_NOT_CONNECTED";
  if (!wantsPeer && state.peer !== undefined) return "ERR_UDP_CONNECTED";
  if (!state.refusal) return undefined;
  state.refusal = false;
  return "ECONNREFUSED";
}

// A refusal behind unread datagrams cannot be seen from outside, so nothing could wait for it.
const visible = (state: ModelSocket): boolean => state.peer === undefined || state.inbox.length === 0;

type Sender = (socket: UdpSocket, port: number, data: Buffer) => unknown;

const sendTo = (name: string, target: number, send: Sender): Step => ({
  name: `${name} ${target}`,
  when: visible,
  async run(state, socket, model) {
    const { port } = model.sockets[target] as ModelSocket;
    if (port === 0) return;
    const data = String(model.next++);
    const refused = sendRefused(state, false);
    expect(await outcome(() => send(socket, port, Buffer.from(data)))).toBe(refused ?? "ok");
    if (refused !== undefined) return;
    state.bound = true;
    adoptPort(state, socket);
    carry(model, state, port, data);
  },
});

const send = (name: string, call: (socket: UdpSocket, data: Buffer) => unknown): Step => ({
  name,
  when: visible,
  async run(state, socket, model) {
    const data = String(model.next++);
    const refused = sendRefused(state, true);
    expect(await outcome(() => call(socket, Buffer.from(data)))).toBe(refused ?? "ok");
    if (refused !== undefined) return;
    state.bound = true;
    carry(model, state, state.peer as number, data);
  },
});

const tooLarge: Step = {
  name: "sendTooLarge",
  when: (state) => !state.refusal,
  async run(state, socket) {
    const refused = sendRefused(state, false) ?? "EMSGSIZE";
    expect(await outcome(() => socket.sendTo(HERE, 9, Buffer.alloc(65_508)))).toBe(refused);
    if (refused !== "EMSGSIZE") return;
    state.bound = true;
    adoptPort(state, socket);
  },
};

function receiveRefused(state: ModelSocket): string | undefined {
  if (state.closed) return "ERR_UDP_CLOSED";
  return state.bound ? undefined : "ERR_UDP_NOT_BOUND";
}

type Receiver = (socket: UdpSocket) => unknown;

const receive = (name: string, call: Receiver): Step => ({
  name,
  async run(state, socket) {
    const refused = receiveRefused(state);
    let got: unknown;
    const said = await outcome(async () => {
      got = await call(socket);
    });
    expect(said).toBe(refused ?? "ok");
    if (refused !== undefined) return;
    state.refusal = false;
    expect(got ?? undefined).toBe(state.inbox.shift());
  },
});

async function broken(socket: UdpSocket): Promise<undefined> {
  const abort = new AbortController();
  const waiting = socket.receive({ signal: abort.signal });
  abort.abort(undefined);
  return waiting.then(
    () => {
      throw new Error("received");
    },
    (reason: { name?: string; code?: unknown }) => {
      if (reason.name !== "AbortError") throw reason;
      return undefined;
    },
  );
}

const ready: Step = {
  name: "receiveReady",
  async run(state, socket) {
    const isReady = (await sync(socket.receiveReadyEvt(), { timeoutMs: 0 })) !== null;
    expect(isReady).toBe(state.closed || state.refusal || state.inbox.length > 0);
  },
};

const options: Step = {
  name: "options",
  async run(state, socket) {
    const ttl = 1 + ((state.ttl + 70) % 255);
    expect(await outcome(() => socket.setTtl(ttl))).toBe(state.closed ? "ERR_UDP_CLOSED" : "ok");
    if (!state.closed) state.ttl = ttl;
  },
};

const join = (group: string): Step => ({
  name: `join ${group}`,
  async run(state, socket) {
    const expected = state.closed ? "ERR_UDP_CLOSED" : state.groups.has(group) ? "EADDRINUSE" : "ok";
    expect(await outcome(() => socket.joinGroup(group, HERE))).toBe(expected);
    state.groups.add(group);
  },
});

const leave = (group: string): Step => ({
  name: `leave ${group}`,
  async run(state, socket) {
    const expected = state.closed ? "ERR_UDP_CLOSED" : state.groups.has(group) ? "ok" : "EADDRNOTAVAIL";
    expect(await outcome(() => socket.leaveGroup(group, HERE))).toBe(expected);
    state.groups.delete(group);
  },
});

const text = (received: { data: Buffer } | null | undefined): string | undefined => received?.data.toString();

function intoBuffer(socket: UdpSocket): string | undefined {
  const buffer = Buffer.alloc(16);
  const received = socket.tryReceiveInto(buffer, { start: 3 });
  return received && buffer.toString("latin1", 3, 3 + received.length);
}

function steps(index: number, other: number): readonly Step[] {
  return [
    bind,
    bindBusy(other),
    connect(other),
    connect("dead"),
    connectWrongFamily,
    disconnect,
    close,
    reopen(index),
    sendTo("sendTo", other, (s, port, data) => s.sendTo(HERE, port, data)),
    sendTo("trySendTo", other, (s, port, data) => s.trySendTo(HERE, port, data)),
    sendTo("sendToEvt", other, (s, port, data) => sync(choice(never, s.sendToEvt(HERE, port, data)))),
    send("send", (s, data) => s.send(data)),
    send("trySend", (s, data) => s.trySend(data)),
    send("sendEvt", (s, data) => sync([s.sendEvt(data), never])),
    tooLarge,
    receive("tryReceive", (s) => text(s.tryReceive())),
    receive("tryReceiveInto", intoBuffer),
    receive("syncReceive", async (s) => text(await sync([s.receiveEvt(), never], { timeoutMs: 0 }))),
    { ...receive("brokenReceive", broken), when: (state) => state.inbox.length === 0 },
    {
      ...receive("receive", async (s) => text(await s.receive())),
      when: (s) => s.inbox.length > 0 || !s.bound || s.closed,
    },
    ready,
    options,
    join("239.77.2.1"),
    join("239.77.2.2"),
    leave("239.77.2.1"),
  ];
}

const indices = Array.from({ length: SOCKETS }, (_, index) => index);

export const allCommands: readonly fc.Arbitrary<Command>[] = indices.flatMap((index) =>
  indices
    .filter((other) => other !== index)
    .flatMap((other) => steps(index, other).map((step) => fc.constant(command(index, step)))),
);
