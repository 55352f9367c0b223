const KIND = Symbol.for("earshot.udp.error");

type Kind = "error" | "contract" | "range" | "network" | "errno";

function kindOf(value: unknown): Kind | undefined {
  return typeof value === "object" && value !== null ? Reflect.get(value, KIND) : undefined;
}

/**
 * Base of everything this module throws of its own accord (a break rejects with the signal's reason instead).
 *
 * `instanceof` goes by a registered symbol, so it also holds for {@link UdpContractError}, which is a `TypeError`
 * or a `RangeError` at the same time, and across copies of this package.
 */
export class UdpError extends Error {
  /** Stable: `ERR_UDP_…` for this module's own findings, the system's code (`EADDRINUSE`, …) otherwise. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * The caller is wrong: an argument of the wrong type or out of range. Thrown before any effect.
 * Out-of-range numbers throw one that is a `RangeError`, everything else one that is a `TypeError`.
 *
 * Codes: `ERR_UDP_ARGUMENT`, `ERR_UDP_RANGE`, `ERR_UDP_NOT_LITERAL`.
 * @see Racket `exn:fail:contract`
 */
export class UdpContractError extends TypeError {
  /** Stable: callers may switch on it. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** A {@link UdpContractError} that is a `RangeError` too. */
export class UdpRangeError extends RangeError {
  /** `ERR_UDP_RANGE`. */
  readonly code: string;

  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * The socket's state forbids the operation.
 *
 * Codes: `ERR_UDP_CLOSED`, `ERR_UDP_NOT_BOUND`, `ERR_UDP_ALREADY_BOUND`, `ERR_UDP_CONNECTED`,
 * `ERR_UDP_NOT_CONNECTED`, `ERR_UDP_BUFFER_SIZE`; those of {@link UdpErrnoError} are the system's.
 * @see Racket `exn:fail:network`
 */
export class UdpNetworkError extends UdpError {}

/** What the system said, in the words of {@link UdpErrnoError}. */
export interface Refused {
  /** The system call, or `getaddrinfo` for a name that cannot be resolved. */
  readonly syscall: string;
  /** The address at fault, where one was involved. */
  readonly address?: string | undefined;
  /** The port at fault, where one was involved. */
  readonly port?: number | undefined;
  /** The error of Node. */
  readonly cause?: unknown;
}

/**
 * The system refused; `code` is its own (`EADDRINUSE`, `ECONNREFUSED`, `ENOTFOUND`, …).
 * @see Racket `exn:fail:network:errno`
 */
export class UdpErrnoError extends UdpNetworkError {
  /** The system call, or `getaddrinfo` for a name that cannot be resolved. */
  readonly syscall: string;
  /** The address at fault, where one was involved. */
  readonly address: string | undefined;
  /** The port at fault, where one was involved. */
  readonly port: number | undefined;

  constructor(code: string, message: string, refused: Refused) {
    super(code, message, { cause: refused.cause });
    this.syscall = refused.syscall;
    this.address = refused.address;
    this.port = refused.port;
  }
}

type BrandedClass = (abstract new (...args: never) => Error) & { readonly prototype: Error };

/** `kinds` are those that count as instances; a class derived by a caller keeps to prototypes. */
function brand(type: BrandedClass, name: string, kind: Kind, kinds: readonly Kind[]): void {
  Object.defineProperties(type.prototype, {
    name: { value: name, configurable: true, writable: true },
    [KIND]: { value: kind },
  });
  Object.defineProperty(type, Symbol.hasInstance, {
    value(this: object, value: unknown): boolean {
      if (this !== type) return Function.prototype[Symbol.hasInstance].call(this, value);
      return kinds.some((counts) => counts === kindOf(value));
    },
  });
}

brand(UdpError, "UdpError", "error", ["error", "contract", "range", "network", "errno"]);
brand(UdpContractError, "UdpContractError", "contract", ["contract", "range"]);
brand(UdpRangeError, "UdpRangeError", "range", ["range"]);
brand(UdpNetworkError, "UdpNetworkError", "network", ["network", "errno"]);
brand(UdpErrnoError, "UdpErrnoError", "errno", ["errno"]);
