export { checkHost, checkService } from "./check.ts";
export type { CacheCounters } from "./core/cache-eviction.ts";
export type { Family } from "./core/datagram.ts";
export type { Ownership } from "./core/own-record.ts";
export type { PacketCounters, PacketKind } from "./core/packet-kind.ts";
export type { DropReason } from "./core/refusal.ts";
export type { MdnsDiagnostic } from "./diagnostics.ts";
export type { DnsLookup, DnsLookupCallback } from "./dns-lookup.ts";
export { Browser, type BrowserEvents, type BrowserOptions, type ServiceChange } from "./dnssd/browser.ts";
export type { ChangeKind } from "./dnssd/change-feed.ts";
export type { CustomRecord } from "./dnssd/custom-record.ts";
export type { DnssdDiagnostic } from "./dnssd/dnssd-diagnostic.ts";
export type { PublishHostOptions } from "./dnssd/host-subject.ts";
export type { HostAddress, LookupOptions } from "./dnssd/lookup.ts";
export { MdnsError, type MdnsErrorCode } from "./dnssd/mdns-error.ts";
export type { NameMemory } from "./dnssd/name-memory.ts";
export type { WaitOptions } from "./dnssd/pending.ts";
export { Publication, type PublicationEvents, type PublicationState } from "./dnssd/publication.ts";
export type { PublishOptions, ServiceChanges } from "./dnssd/publish-options.ts";
export {
  type FoundRecord,
  type QueryOptions,
  RecordBrowser,
  type RecordBrowserEvents,
  type RecordChange,
} from "./dnssd/record-browser.ts";
export type { PublishRecordsOptions } from "./dnssd/record-subject.ts";
export type { Service, ServiceLink } from "./dnssd/service.ts";
export type { PublicationChanges } from "./dnssd/subject.ts";
export { Txt, type TxtValue } from "./dnssd/txt.ts";
export type { TxtInput } from "./dnssd/txt-input.ts";
export { TypeBrowser, type TypeBrowserEvents, type TypeChange } from "./dnssd/type-browser.ts";
export type { InterfaceSelection } from "./link/interface-filter.ts";
export type { InterfaceInfo } from "./link/interface-info.ts";
export type { LinkAddress } from "./link/link-address.ts";
export type { LinkCounters } from "./link/link-counters.ts";
export type { LinkDiagnostic } from "./link/link-diagnostic.ts";
export type { HeardDatagram, Listener, ListenOptions } from "./link/listener.ts";
export { listen } from "./listen.ts";
export { Mdns, type MdnsCounters, type MdnsEvents } from "./mdns.ts";
export type { MdnsOptions, MdnsTrace } from "./mdns-options.ts";
export { Name } from "./wire/name.ts";
export type { RecordData } from "./wire/record.ts";
export { typeName, typeNumber } from "./wire/record-type.ts";
