import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { type DbusArgument, type DbusMessage, decodeMessage, encodeCall } from "./dbus-message.ts";

export interface DbusTarget {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
}

/** A client of a private message bus, for what Avahi's own commands cannot do. */
export class DbusConnection {
  readonly #socket: Socket;
  readonly #calls = new Map<number, { resolve: (reply: DbusMessage) => void; reject: (error: Error) => void }>();
  readonly #signalListeners = new Set<(signal: DbusMessage) => void>();
  #serial = 0;
  #pending: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on("data", (bytes) => this.#onData(bytes));
    socket.on("error", () => socket.destroy());
    socket.on("close", () => {
      for (const { reject } of this.#calls.values()) reject(new Error("the message bus closed the connection"));
      this.#calls.clear();
    });
  }

  static async open(socketPath: string): Promise<DbusConnection> {
    const socket = connect(socketPath);
    await once(socket, "connect");
    const identity = Buffer.from(String(process.getuid?.() ?? 0)).toString("hex");
    socket.write(`\0AUTH EXTERNAL ${identity}\r\n`);
    const [answer] = (await once(socket, "data")) as [Buffer];
    if (!answer.toString().startsWith("OK "))
      throw new Error(`the message bus refused us: ${answer.toString().trim()}`);
    socket.write("BEGIN\r\n");
    const connection = new DbusConnection(socket);
    const bus = {
      destination: "org.freedesktop.DBus",
      path: "/org/freedesktop/DBus",
      interface: "org.freedesktop.DBus",
    };
    await connection.call(bus, "Hello");
    return connection;
  }

  call(target: DbusTarget, member: string, ...args: readonly DbusArgument[]): Promise<DbusMessage> {
    this.#serial += 1;
    const serial = this.#serial;
    return new Promise((resolve, reject) => {
      this.#calls.set(serial, { resolve, reject });
      this.#socket.write(encodeCall({ ...target, serial, member, arguments: args }));
    });
  }

  onSignal(listener: (signal: DbusMessage) => void): () => void {
    this.#signalListeners.add(listener);
    return () => this.#signalListeners.delete(listener);
  }

  close(): void {
    this.#socket.destroy();
  }

  #onData(bytes: Buffer): void {
    this.#pending = Buffer.concat([this.#pending, bytes]);
    for (let next = decodeMessage(this.#pending); next !== undefined; next = decodeMessage(this.#pending)) {
      this.#pending = next.rest;
      this.#onMessage(next.message);
    }
  }

  #onMessage(message: DbusMessage): void {
    if (message.type === "signal") for (const listener of this.#signalListeners) listener(message);
    const call = this.#calls.get(message.replySerial ?? 0);
    if (call === undefined) return;
    this.#calls.delete(message.replySerial ?? 0);
    if (message.type === "error") call.reject(new Error(`the message bus answers ${message.errorName}`));
    else call.resolve(message);
  }
}
