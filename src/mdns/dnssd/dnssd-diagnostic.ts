/**
 * Something worth knowing that nobody has to act on.
 *
 * - `advice`: what is published works but is advised against
 * - `renamed`: a name was taken and given up for another one
 * - `unannounced`: what was to be published could not be announced (`ERR_MDNS_NOT_ANNOUNCED`)
 * - `overflow`: more than `limit` of something; what is beyond is not followed
 * - `error`: something went wrong that no call could be told of
 */
export type DnssdDiagnostic =
  | { readonly kind: "advice"; readonly name: string; readonly message: string }
  | { readonly kind: "renamed"; readonly from: string; readonly to: string }
  | { readonly kind: "unannounced"; readonly message: string }
  | { readonly kind: "overflow"; readonly what: string; readonly limit: number }
  | { readonly kind: "error"; readonly error: unknown };
