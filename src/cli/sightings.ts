import type { ChangeKind, Service } from "../mdns/index.ts";

export interface Change<Row> {
  readonly kind: ChangeKind;
  readonly row: Row;
}

/** Turns changes of a service into changes of the rows that a view shows for it, such as one for each interface. */
export class Sightings<Row> {
  readonly #split: (service: Service) => ReadonlyMap<string, Row>;
  readonly #fingerprint: (row: Row) => string;
  readonly #shown = new Map<string, ReadonlyMap<string, Row>>();

  constructor(split: (service: Service) => ReadonlyMap<string, Row>, fingerprint: (row: Row) => string) {
    this.#split = split;
    this.#fingerprint = fingerprint;
  }

  apply(kind: ChangeKind, service: Service): Change<Row>[] {
    const before = this.#shown.get(service.fullName) ?? new Map<string, Row>();
    const after = kind === "down" ? new Map<string, Row>() : this.#split(service);
    if (after.size === 0) this.#shown.delete(service.fullName);
    else this.#shown.set(service.fullName, after);
    const gone = [...before].filter(([key]) => !after.has(key)).map(([, row]): Change<Row> => ({ kind: "down", row }));
    return [...gone, ...[...after].flatMap(([key, row]) => this.#compare(before.get(key), row))];
  }

  #compare(before: Row | undefined, after: Row): Change<Row>[] {
    if (before === undefined) return [{ kind: "up", row: after }];
    return this.#fingerprint(before) === this.#fingerprint(after) ? [] : [{ kind: "update", row: after }];
  }
}
