import { parseAddress } from "../wire/address.ts";

/** The 4 or 16 bytes of an address. @throws {@link WireError} `ERR_WIRE_ADDRESS` */
export function addressBytes(address: string): Uint8Array {
  const bytes = new Uint8Array(16);
  return bytes.subarray(0, parseAddress(address, bytes));
}
