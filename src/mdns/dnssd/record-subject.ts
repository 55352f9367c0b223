import type { OwnRecord } from "../core/own-record.ts";
import { rdataBytes } from "../wire/record-key.ts";
import { typeName } from "../wire/record-type.ts";
import { argumentError } from "./argument-error.ts";
import { type CustomRecord, customRecords } from "./custom-record.ts";
import { LinkClaims } from "./link-claims.ts";
import { linkFilter } from "./link-filter.ts";
import type { Session } from "./session.ts";
import type { PublicationChanges, Subject, SubjectNews } from "./subject.ts";

const ADVISED_DATA = 1_300; // what surely fits in one Ethernet frame

/** How records are published. */
export interface PublishRecordsOptions {
  /** Interfaces to publish on, by name or with wildcards. @default all */
  readonly interfaces?: string | readonly string[] | undefined;
  /** Aborts the wait for the announcement: the records are withdrawn. */
  readonly signal?: AbortSignal | undefined;
}

/** Records of any type, under names that are fixed. */
export class RecordSubject implements Subject {
  readonly type: string = "";
  readonly port: number = 0;
  readonly host: string = "";
  readonly #session: Session;
  readonly #claims: LinkClaims;
  #records: readonly OwnRecord[];

  /** @throws {@link MdnsError} `ERR_MDNS_ARGUMENT` */
  constructor(
    session: Session,
    records: readonly CustomRecord[],
    { interfaces }: PublishRecordsOptions,
    news: SubjectNews,
  ) {
    this.#session = session;
    this.#records = customRecords(records);
    const accepts = linkFilter(interfaces);
    this.#claims = new LinkClaims(session.network, {
      records: (link) => (accepts(link) ? this.#records : []),
      lost: () => news.lost(this.name),
      announced: () => news.advanced(),
      unsettled: () => news.unsettled(this.name),
      failed: (error) => news.failed(error),
    });
  }

  /** That of the first record. */
  get name(): string {
    return String(this.#records[0]?.record.name);
  }

  get claims(): readonly LinkClaims[] {
    return [this.#claims];
  }

  start(): void {
    this.#claims.start();
    this.#advise();
  }

  update({ records, ...others }: PublicationChanges): void {
    const [other] = Object.entries(others).find(([, value]) => value !== undefined) ?? [];
    if (other !== undefined) throw argumentError("changes", "records only", other);
    if (records === undefined) return;
    this.#records = customRecords(records);
    this.#claims.update();
    this.#advise();
  }

  settled(): void {}

  end(how: "withdraw" | "abandon"): void {
    this.#claims[how]();
  }

  #advise(): void {
    for (const { record } of this.#records) {
      const { length } = rdataBytes(record);
      if (length <= ADVISED_DATA) continue;
      const message = `${typeName(record.type)} data of ${length} bytes exceeds ${ADVISED_DATA} (RFC 6762 §17)`;
      this.#session.tell({ kind: "advice", name: String(record.name), message });
    }
  }
}
