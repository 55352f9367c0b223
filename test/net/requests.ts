import type { Program } from "../interop/program.ts";

const PATIENCE = 60_000; // ms

interface Refusal {
  readonly failed?: string;
}

/** Asks a program that answers each line of JSON with another, of the same `id`; a line with `failed` rejects. */
export class Requests {
  readonly #program: Program;
  #id = 0;

  constructor(program: Program) {
    this.#program = program;
  }

  async ask<Answer>(command: string, options: Readonly<Record<string, unknown>> = {}): Promise<Answer> {
    const id = this.#id++;
    const after = this.#program.lines.length;
    this.#program.write(JSON.stringify({ id, command, ...options }));
    const find = (line: string): (Answer & Refusal) | undefined =>
      parsed<{ readonly id: number }>(line).id === id ? (JSON.parse(line) as Answer & Refusal) : undefined;
    const answer = await this.#program.expect(`an answer to ${command}`, find, { within: PATIENCE, after });
    if (answer.failed !== undefined) throw new Error(`${command}: ${answer.failed}`);
    return answer;
  }
}

/** Nothing of it is there in a line that is no JSON. */
export function parsed<T>(line: string): Partial<T> {
  return line.startsWith("{") ? (JSON.parse(line) as Partial<T>) : {};
}
