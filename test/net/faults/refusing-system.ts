import { Socket } from "node:dgram";
import { constants } from "node:os";

/** What the system is asked for. */
export type Operation = "bind" | "join" | "send" | "receive";

/** What the system is asked to use: the interface `eN` or its address 10.77.N.1, or the group's own address. */
export type Where = number | "group";

/** The error that the system gives. */
export type Refusals = ReadonlyMap<Where, string>;

const vias = new WeakMap<Socket, string>();
const live = new Map<Socket, string>();
const { bind, addMembership, setMulticastInterface, send } = Socket.prototype;
let refused: { readonly operation: Operation; readonly errors: Refusals } | undefined;

/** From now on the system refuses this, under dgram, in the whole process; without arguments it does not. */
export function refuse(operation?: Operation, errors: Refusals = new Map()): void {
  refused = operation && { operation, errors };
}

/** The sockets bound to an address of an interface, or in its zone, meet an error as they receive. */
export function failReceiving(interfaceNumber: number, code: string): void {
  for (const [socket, where] of live) {
    if (interfaceOf(where) === interfaceNumber) socket.emit("error", systemError("recvmsg", code));
  }
}

/** Interfaces with an own address that a socket is bound to now. */
export function boundInterfaces(): ReadonlySet<Where | undefined> {
  return new Set([...live.values()].map(interfaceOf));
}

function interfaceOf(where: string): Where | undefined {
  if (where === "224.0.0.251") return "group";
  const [, byAddress, byZone] = /^10\.77\.(\d+)\.|%e(\d+)$/.exec(where) ?? [];
  const number = byAddress ?? byZone;
  return number === undefined ? undefined : Number(number);
}

function errorFor(operation: Operation, syscall: string, where: string | undefined): Error | undefined {
  if (refused?.operation !== operation || where === undefined) return undefined;
  const code = refused.errors.get(interfaceOf(where) ?? Number.NaN);
  return code === undefined ? undefined : systemError(syscall, code);
}

function systemError(syscall: string, code: string): Error {
  const errno = -(constants.errno[code as keyof typeof constants.errno] ?? 1);
  return Object.assign(new Error(`${syscall} ${code}`), { code, errno, syscall });
}

type Loose = (this: Socket, ...parameters: never[]) => unknown;

function replace(name: keyof Socket, method: (this: Socket, ...parameters: never[]) => unknown): void {
  Object.defineProperty(Socket.prototype, name, { value: method, configurable: true, writable: true });
}

replace("bind", function (this: Socket, options: { address: string }, ...rest: never[]) {
  const error = errorFor("bind", "bind", options.address);
  if (error !== undefined) return this.emit("error", error);
  live.set(this, options.address);
  this.once("close", () => live.delete(this));
  return (bind as Loose).call(this, options as never, ...rest);
} as Loose);

replace("addMembership", function (this: Socket, group: string, iface?: string) {
  const error = errorFor("join", "addMembership", iface);
  if (error !== undefined) throw error;
  return addMembership.call(this, group, iface);
} as Loose);

replace("setMulticastInterface", function (this: Socket, iface: string) {
  vias.set(this, iface);
  return setMulticastInterface.call(this, iface);
} as Loose);

replace("send", function (this: Socket, data: Buffer, port: number, address: string, done: (error: Error) => void) {
  const error = errorFor("send", "send", address.startsWith("224.") ? vias.get(this) : address);
  if (error !== undefined) return process.nextTick(done, error);
  return (send as Loose).call(this, data as never, port as never, address as never, done as never);
} as Loose);
