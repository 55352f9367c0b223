import { checkHost, checkService, type Mdns, type Publication } from "../mdns/index.ts";
import { errorCode } from "./error-code.ts";
import { wantedKey } from "./publish-file.ts";
import { publishOnceUp } from "./publish-once-up.ts";
import { type PublishEvent, type PublishedAs, type PublishReport, reportPublication } from "./publish-report.ts";
import { UsageError } from "./usage-error.ts";
import type { Wanted } from "./wanted-service.ts";

interface Entry {
  readonly wanted: Wanted;
  readonly publication: Publication;
}

/** What one command keeps published. */
export class Published {
  readonly #mdns: Mdns;
  readonly #report: PublishReport;
  readonly #entries = new Map<string, Entry>();
  readonly #told = new WeakMap<Publication, PublishedAs>();

  constructor(mdns: Mdns, report: PublishReport) {
    this.#mdns = mdns;
    this.#report = report;
  }

  get services(): readonly Publication[] {
    return [...this.#entries.values()]
      .filter(({ wanted }) => wanted.kind === "service")
      .map(({ publication }) => publication);
  }

  /** Publishes all; rejects with the first refusal. */
  async add(all: readonly Wanted[]): Promise<void> {
    await Promise.all(all.map((wanted, index) => this.#publish(keyOf(wanted, index), wanted)));
  }

  /**
   * Makes what is published what is wanted: publishes, updates, withdraws.
   * @throws {@link UsageError} when anything of it is wrong; nothing is done then
   * @param failed - told of each thing that cannot be done; the others are done all the same
   */
  async replace(all: readonly Wanted[], failed: (error: unknown) => void): Promise<void> {
    all.forEach(check);
    const wanted = new Map(all.map((item, index) => [keyOf(item, index), item]));
    const gone = [...this.#entries].filter(([key]) => !wanted.has(key));
    await Promise.all(
      [
        ...gone.map(([key, { publication }]) => this.#withdraw(key, publication)),
        ...[...wanted].map(([key, item]) => this.#change(key, item)),
      ].map((change) => change.catch(failed)),
    );
  }

  /** Closes the network, and tells of each withdrawal once its goodbye has been sent. RFC 6762 §10.1 */
  async close(): Promise<void> {
    await this.#mdns.close();
    const left = [...this.#entries.values()];
    this.#entries.clear();
    for (const { publication } of left) this.#tellWithdrawn(publication);
  }

  /** Tells what became of a publication. */
  tell(event: Exclude<PublishEvent, "withdrawn">, publication: Publication, previousName?: string): void {
    const { name, type, host, port } = publication;
    this.#told.set(publication, { name, type, host, port });
    reportPublication(event, publication, this.#report, previousName);
  }

  async #publish(key: string, wanted: Wanted): Promise<void> {
    const publish = () =>
      wanted.kind === "service" ? this.#mdns.publish(wanted.options) : this.#mdns.publishHost(wanted);
    const publication = await publishOnceUp(this.#mdns, publish).catch((error) => {
      throw placed(wanted, error);
    });
    this.#entries.set(key, { wanted, publication });
    this.tell("published", publication);
    publication.on("renamed", (_name, before) => this.tell("renamed", publication, before));
  }

  async #change(key: string, wanted: Wanted): Promise<void> {
    const entry = this.#entries.get(key);
    if (entry === undefined) return this.#publish(key, wanted);
    const { publication } = entry;
    if (isSame(entry.wanted, wanted)) return;
    if (wanted.kind === "service" && isUpdate(entry.wanted, wanted)) {
      const { txt = {}, port, priority = 0, weight = 0, subtypes = [] } = wanted.options;
      await publication.update({ txt, port, priority, weight, subtypes });
      this.#entries.set(key, { wanted, publication });
      this.tell("updated", publication);
      return;
    }
    await this.#withdraw(key, publication);
    await this.#publish(key, wanted);
  }

  async #withdraw(key: string, publication: Publication): Promise<void> {
    this.#entries.delete(key);
    await publication.close();
    this.#tellWithdrawn(publication);
  }

  /** By the name that was told last: it may have been looking for another one. */
  #tellWithdrawn(publication: Publication): void {
    reportPublication("withdrawn", this.#told.get(publication) ?? publication, this.#report);
  }
}

/** A command line may name a service twice, and one of the two is renamed then. */
function keyOf(wanted: Wanted, index: number): string {
  return wanted.place === undefined ? `${index}` : wantedKey(wanted);
}

function check(wanted: Wanted): void {
  try {
    if (wanted.kind === "service") checkService(wanted.options);
    else checkHost(wanted);
  } catch (error) {
    throw placed(wanted, error);
  }
}

/** Says of a wrong value where it was read. */
function placed({ place }: Wanted, error: unknown): unknown {
  const isArgument = error instanceof Error && errorCode(error) === "ERR_MDNS_ARGUMENT";
  return isArgument && place !== undefined ? new UsageError(`${place}: ${error.message}`) : error;
}

/** Wherever in the file it stands. */
function isSame(before: Wanted, after: Wanted): boolean {
  return JSON.stringify({ ...before, place: undefined }) === JSON.stringify({ ...after, place: undefined });
}

/** Whether the host stays the same, so that the service need not be withdrawn. */
function isUpdate(before: Wanted, after: Wanted & { readonly kind: "service" }): boolean {
  if (before.kind !== "service") return false;
  const host = ({ options: { host, addresses } }: typeof after) => JSON.stringify([host, addresses]);
  return host(before) === host(after);
}
