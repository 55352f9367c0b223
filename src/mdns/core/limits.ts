/** Every cap on what the network can make a core hold or send. */
export const LIMITS = {
  /** Cached records on a link, at most; beyond it, records nobody asked for go first, then those of the source with most. */
  cacheRecords: 10_000,
  /** Records that a source may hold beyond the next largest and still get more in when the cache is full. */
  shareSlack: 32,
  /** Records that a full cache takes in each second at first hearing while no source holds more than `shareSlack`. */
  newcomers: 64,
  /** Records that such a cache remembers having heard, to take them in the second time. */
  heardOnce: 524_288,
  /** Types and classes of which records are cached for one name. */
  setsPerName: 64,
  /** Records of one name, type and class, where that is not what is browsed (`isUniqueByNature`). */
  recordsPerSet: 32,
  /** Sources whose truncated queries are being collected (RFC 6762 §7.2). */
  truncatedSources: 512,
  /** Packets of one such source that put its answer off. */
  truncatedPackets: 16,
  /** Questions collected of one such source. */
  truncatedQuestions: 256,
  /** Known answers that are ours, collected of one such source. */
  truncatedKnownAnswers: 1_024,
  /** Hosts whose long queries are followed to see whether they ask what we would ask. */
  heardQueries: 16,
  /** Questions and known answers of one such query; a longer one is not followed. */
  heardRecords: 2_048,
  /** Known answers of such a query that we do not know; with more it spares us no question of ours. */
  untoldAnswers: 32,
  /** Peers with a unicast answer waiting for its random delay, legacy queries apart. */
  waitingPeers: 32,
  /** Legacy replies waiting for their random delay. */
  waitingLegacyReplies: 256,
  /** Bytes of unicast replies to one source in a second; the reply that reaches it is the last. */
  replyBytes: 524_288,
  /** Sources that get unicast replies in a second. Linux holds 1,024 neighbours of all links, each new one for 5 s. */
  replySources: 64,
  /** Records given up lately that are still known as our own; the same of shared ones, and of times of multicasts. */
  formerRecords: 1_024,
  /** Questions that ended within a second of being sent; the one that ended first is forgotten. */
  recentQuestions: 1_024,
  /** CNAMEs followed for one question. */
  aliasSteps: 10,
  /** Payload in bytes of a packet with a single record, headers excluded; RFC 6762 §17 allows 9000 with them. */
  payloadIpv4: 8_972,
  payloadIpv6: 8_952,
  /** Queries whose unicast replies are kept for the next who asks the same, and the length in bytes of the longest. */
  replyMemo: 1_024,
  replyMemoQuery: 512,
  /** Payload in bytes of a legacy reply to a query without EDNS0 (RFC 1035 §4.2.1). */
  legacyPayload: 512,
} as const;
