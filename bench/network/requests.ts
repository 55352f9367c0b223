import type { Program } from "../../test/interop/program.ts";

/** A program that answers each line of its input with a line of JSON. */
export class Requests {
  readonly #program: Program;
  #id = 0;
  #read = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  /** One request at a time. */
  async send<Answer>(request: Readonly<Record<string, unknown>>, within = 60_000): Promise<Answer> {
    this.#id += 1;
    const id = this.#id;
    this.#program.write(JSON.stringify({ id, ...request }));
    const find = (line: string): Answer | undefined => {
      this.#read += 1;
      if (!line.startsWith("{")) return undefined;
      const answer = JSON.parse(line) as Answer & { id: number };
      return answer.id === id ? answer : undefined;
    };
    return await this.#program.expect(`an answer to ${JSON.stringify(request).slice(0, 80)}`, find, {
      within,
      after: this.#read,
    });
  }
}
