/**
 * Find, publish and resolve services on the local network: multicast DNS (RFC 6762) and DNS-SD (RFC 6763). `earshot/mdns`
 * is the same.
 * @module earshot
 */

export * from "./mdns/index.ts";
