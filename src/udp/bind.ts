import type { Socket } from "node:dgram";
import { type Literal, WILDCARD } from "./address.ts";
import { checkBoolean, checkHost, checkInteger, checkOptions } from "./arguments.ts";
import { attach } from "./attach.ts";
import { bindDescriptor } from "./descriptor.ts";
import { requireUnbound } from "./require-state.ts";
import { addressesOf } from "./resolve.ts";
import type { SocketState } from "./socket-state.ts";
import { restage } from "./staging.ts";
import { refused, systemError } from "./system-error.ts";

const OPERATION = "bind";

/** Takes effect within the call unless `host` is a name. */
export async function bind(
  state: SocketState,
  host: string | null,
  port: number,
  options?: { readonly reuse?: boolean },
): Promise<void> {
  if (host !== null) checkHost(OPERATION, host);
  checkInteger(OPERATION, "port", port, 0, 65_535);
  checkOptions(OPERATION, options);
  const reuse = options?.reuse ?? false;
  checkBoolean(OPERATION, "reuse", reuse);
  const found = host === null ? anyAddress(state) : addressesOf(OPERATION, host);
  const addresses = found instanceof Promise ? await found : found;
  requireUnbound(OPERATION, state);
  if (state.peer !== undefined) throw refused(OPERATION, "EINVAL", { syscall: "bind", address: host ?? "*", port });
  tryEach(addresses, (literal) => bindTo(state, literal, port, reuse));
}

function anyAddress({ family }: SocketState): readonly [Literal] {
  return [{ family, address: WILDCARD[family] }];
}

/** The first that works; the error of the last one tried if none does. */
function tryEach(addresses: readonly Literal[], attempt: (literal: Literal) => void): void {
  for (const [index, literal] of addresses.entries()) {
    try {
      attempt(literal);
      return;
    } catch (error) {
      if (index === addresses.length - 1) throw error;
    }
  }
}

function bindTo(state: SocketState, { family, address }: Literal, port: number, reuse: boolean): void {
  const where = { syscall: "bind", address, port };
  if (family !== state.family) {
    throw refused(OPERATION, state.family === "ipv4" ? "EAFNOSUPPORT" : "EINVAL", where);
  }
  if (port !== 0 && state.handle?.address().port === port) restage(OPERATION, state);
  let handle: Socket;
  try {
    handle = bindDescriptor({ family, ipv6Only: state.ipv6Only, reuse, address, port });
  } catch (error) {
    throw systemError(OPERATION, error, where);
  }
  attach(OPERATION, state, handle);
  state.memberships.length = 0;
  state.bound = true;
}
