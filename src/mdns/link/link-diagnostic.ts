import type { Family } from "../core/datagram.ts";

/**
 * What happens on the network, for whoever looks after it.
 * - `up`, `down`, `addresses`: an interface came, went, or changed its addresses
 * - `woke`: the machine slept; every link starts anew
 * - `rejoined`: the system had dropped the interface from the group
 * - `degraded`, `recovered`: what is sent to the group by this interface and family is refused, or leaves again
 * - `refused`: the system refused a socket or a membership; it is tried again every second
 * - `overflow`: for the first time something heard was left out, as what is held has a cap
 * - `error`: something threw that handles what arrives
 */
export type LinkDiagnostic =
  | { readonly kind: "up" | "down" | "addresses" | "rejoined"; readonly interface: string }
  | { readonly kind: "woke" }
  | { readonly kind: "degraded"; readonly interface: string; readonly family: Family; readonly error: Error }
  | { readonly kind: "recovered"; readonly interface: string; readonly family: Family }
  | { readonly kind: "refused"; readonly interface: string; readonly error: Error }
  | { readonly kind: "overflow"; readonly what: string; readonly limit: number }
  | { readonly kind: "error"; readonly error: unknown };
