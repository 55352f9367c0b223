/** Every cap on what the network can make a browser hold, and every wait that no RFC prescribes. */
export const LIMITS = {
  /** Service instances that one browser follows on one link. */
  instances: 5_000,
  /** Services that a browser looks at again in one turn of the event loop; the rest waits for the next. */
  reviews: 200,
  /** Answers that a browser of records or types holds, on one link. */
  answers: 10_000,
} as const;

/** In milliseconds. */
export const PATIENCE = {
  /** For a TXT record once the SRV record is there, and for the addresses of a new target. */
  companions: 1_000,
  /** For the other family once an address is there. */
  otherFamily: 250,
  /** For the first announcement of what is published. */
  announcement: 5_000,
  /** For the same while others contest names of this host: RFC 6762 §9 has an error reported after a minute. */
  contestedAnnouncement: 60_000,
  resolve: 5_000,
  lookup: 2_000,
} as const;
