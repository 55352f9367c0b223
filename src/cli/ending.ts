/** When a command ends by itself; times in milliseconds. */
export interface EndRules {
  readonly timeout?: number;
  readonly quietFor?: number;
  readonly count?: number;
}

/** The rule of `--terminate`: the second question goes out after one second, and slow devices answer that one. */
export const TERMINATE: EndRules = { quietFor: 2_000, timeout: 10_000 };

/** The stricter of both in each respect. */
export function earliest(a: EndRules, b: EndRules): EndRules {
  return Object.fromEntries(
    (["timeout", "quietFor", "count"] as const).flatMap((rule) => {
      const limits = [a[rule], b[rule]].filter((limit) => limit !== undefined);
      return limits.length === 0 ? [] : [[rule, Math.min(...limits)]];
    }),
  );
}

/** Watches the rules; the first one met aborts {@link Ending.signal}. */
export class Ending {
  readonly #rules: EndRules;
  readonly #reached = new AbortController();
  readonly #timeout: NodeJS.Timeout | undefined;
  #quiet: NodeJS.Timeout | undefined;
  #found = 0;

  constructor(rules: EndRules) {
    this.#rules = rules;
    if (rules.timeout !== undefined) this.#timeout = setTimeout(() => this.#reached.abort(), rules.timeout);
    this.changed();
  }

  get signal(): AbortSignal {
    return this.#reached.signal;
  }

  get found(): number {
    return this.#found;
  }

  /** Something was found. */
  count(): void {
    this.#found++;
    if (this.#found === this.#rules.count) this.#reached.abort();
  }

  /** Something happened: the quiet time starts anew. */
  changed(): void {
    if (this.#rules.quietFor === undefined || this.signal.aborted) return;
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#reached.abort(), this.#rules.quietFor);
  }

  cancel(): void {
    clearTimeout(this.#timeout);
    clearTimeout(this.#quiet);
  }
}
