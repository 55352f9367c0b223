import type { Name } from "./name.ts";

/**
 * The data of a record. Its `kind` says how it is laid out, the record's `type` what it means.
 * @see RFC 1035 §3.3, RFC 2782 (SRV), RFC 4034 §4 (NSEC), RFC 6891 (OPT)
 */
export type RecordData =
  | {
      /** A and AAAA. */
      readonly kind: "address";
      /** Canonical text: RFC 5952 for IPv6, with `::ffff:a.b.c.d` for mapped addresses. */
      readonly address: string;
    }
  | {
      /** PTR, CNAME, NS, DNAME. */
      readonly kind: "name";
      /** The name that it points at. */
      readonly target: Name;
    }
  | {
      readonly kind: "srv";
      /** Lower ones are tried first. RFC 2782 */
      readonly priority: number;
      /** Among those of one priority. RFC 2782 */
      readonly weight: number;
      /** 0 to 65535. */
      readonly port: number;
      /** The host; the root for a service that is not there. RFC 2782 */
      readonly target: Name;
    }
  | {
      readonly kind: "txt";
      /** At most 255 bytes each. Empty rdata reads as no strings; no strings are written as one empty string. */
      readonly strings: readonly Uint8Array[];
    }
  | {
      readonly kind: "nsec";
      /** The owner's own name in multicast DNS; whatever it is, read it as that. RFC 6762 §6.1 */
      readonly next: Name;
      /** The types that exist, ascending. */
      readonly types: readonly number[];
    }
  | {
      /** The class word of the record is the sender's UDP payload size in bytes. */
      readonly kind: "opt";
      /** Undecoded. RFC 6891 §6.1.2 */
      readonly options: readonly { readonly code: number; readonly data: Uint8Array }[];
    }
  | {
      /** Every other type: its rdata with the names in it uncompressed. */
      readonly kind: "opaque";
      /** At most 65,535. */
      readonly bytes: Uint8Array;
    };

/**
 * One resource record. Records are values: nobody changes one.
 * @see RFC 1035 §4.1.3, RFC 6762 §18.13
 */
export interface ResourceRecord {
  /** The name that owns it. */
  readonly name: Name;
  /** A number of `TYPE`. */
  readonly type: number;
  /** 15 bits; the whole word for OPT and the other pseudo-records ({@link isPseudoType}). */
  readonly class: number;
  /** The cache-flush bit. RFC 6762 §10.2 */
  readonly flush: boolean;
  /** Seconds; 32 bits as they came. */
  readonly ttl: number;
  /** Read by its type. */
  readonly data: RecordData;
}
