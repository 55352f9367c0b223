import { MdnsError } from "./mdns-error.ts";

/**
 * A promise that nobody has to heed: a network that fails, or the end of the whole object, must not end a program that
 * did not wait. A wrong argument, which `begin` throws, is told as by any promise.
 */
export function unheeded<T>(begin: () => Promise<T>): Promise<T> {
  let promise: Promise<T>;
  try {
    promise = begin();
  } catch (error) {
    promise = Promise.reject(error);
    if (error instanceof MdnsError && error.code === "ERR_MDNS_ARGUMENT") return promise;
  }
  promise.catch(() => {});
  return promise;
}
