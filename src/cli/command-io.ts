import type { ChangeKind, Service } from "../mdns/index.ts";
import type { Paint } from "./paint.ts";
import type { NetworkChoice, PreparedMdns } from "./prepared-mdns.ts";

/** A screen that shows services as they come and go. */
export interface LiveScreenView {
  /** Takes the terminal over; what changed before is shown then. */
  open(): void;
  change(kind: ChangeKind, service: Service): void;
  close(): void;
}

/** What a command does to the world: the process in earnest, a record of it in tests. */
export interface CommandIo {
  /** Writes a line of results. */
  readonly print: (line: string) => void;
  /** Tells the person at the terminal something that is no result, unless they want to hear nothing. */
  readonly note: (message: string) => void;
  /** Tells of a failure that the command outlives. */
  readonly complain: (message: string) => void;
  readonly paint: (options: { readonly color: boolean }) => Paint;
  /** Aborted by the first SIGINT or SIGTERM, and when nobody reads the results any more. */
  readonly stop: AbortSignal;
  /** Calls back on SIGHUP, which then stops the command only if its terminal is gone. */
  readonly onHangup: (action: () => void) => void;
  /** Calls back on SIGUSR1, which asks how things stand. */
  readonly onReport: (action: () => void) => void;
  /** Lines of standard input. */
  readonly inputLines: () => AsyncIterable<string>;
  /** A live screen yet to be opened, or `undefined` where there is no terminal for it. */
  readonly liveView: (paint: Paint) => Promise<LiveScreenView | undefined>;
  /** With `verbose`, what happens on the network is told as notes. */
  readonly prepareMdns: (options: NetworkChoice, verbosity: { readonly verbose: boolean }) => Promise<PreparedMdns>;
}
