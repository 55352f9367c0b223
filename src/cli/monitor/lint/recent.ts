/** Remembers what was seen last, up to a number of things; what was not seen for longest is forgotten first. */
export class Recent<Value> {
  readonly #limit: number;
  readonly #values = new Map<string, Value>();
  #forgotten = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** How many were forgotten for want of room. */
  get forgotten(): number {
    return this.#forgotten;
  }

  get(key: string): Value | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    this.#values.delete(key);
    this.#values.set(key, value);
    if (this.#values.size <= this.#limit) return;
    const [oldest = ""] = this.#values.keys();
    this.#values.delete(oldest);
    this.#forgotten++;
  }
}
