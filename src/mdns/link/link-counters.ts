/** What went through a network's sockets since it was opened, in datagrams. */
export interface LinkCounters {
  /** Accepted by the system. */
  readonly sent: number;
  /** Refused by the system. */
  readonly sendErrors: number;
  /** Not sent as the system's queue and ours were full. */
  readonly backlogDrops: number;
  /** Taken from sockets. */
  readonly received: number;
  /** Copies of what this process sent. */
  readonly echoes: number;
  /** Further copies of one datagram that came by several interfaces with one subnet. */
  readonly twins: number;
  /** From interfaces that are not used here. */
  readonly foreign: number;
  /** From a sender outside of the link, where nothing tells whether they were sent to the group. */
  readonly offLink: number;
  /** Of a source that sent more in a second than is looked at. */
  readonly flooded: number;
}

/** {@link LinkCounters} as they are counted. */
export type RunningCounters = { -readonly [Counter in keyof LinkCounters]: number };

export function zeroCounters(): RunningCounters {
  return {
    sent: 0,
    sendErrors: 0,
    backlogDrops: 0,
    received: 0,
    echoes: 0,
    twins: 0,
    foreign: 0,
    offLink: 0,
    flooded: 0,
  };
}
