import { median, pairedRatio } from "../statistics.ts";

/** One way of doing a piece of work; `run` moves that many datagrams. */
export interface Contender {
  run(datagrams: number): Promise<void>;
  close(): void;
}

/** A bound of the issue: ours may cost at most this many times what `bare` costs. */
export interface Pair {
  readonly name: string;
  readonly bound: number;
  readonly datagrams: number;
  bare(size: number): Promise<Contender>;
  ours(size: number): Promise<Contender>;
  /** Bare dgram again, with a synchronous `lookup`: not what people write, but the fastest it can be. */
  tuned?(size: number): Promise<Contender>;
}

interface Cost {
  /** Microseconds of CPU, user and system, per datagram. */
  readonly cpu: number;
  readonly wall: number;
}

export interface Outcome {
  readonly bare: Cost;
  readonly ours: Cost;
  readonly tuned: Cost | undefined;
  /** Median over the rounds of ours ÷ bare within one round. */
  readonly ratio: number;
  readonly tunedRatio: number | undefined;
}

/** Contenders take turns, so that a noisy neighbour hits all of them. */
export async function measure(pair: Pair, size: number, rounds: number): Promise<Outcome> {
  const contenders = await Promise.all([pair.bare(size), pair.ours(size), ...(pair.tuned ? [pair.tuned(size)] : [])]);
  for (const contender of contenders) await contender.run(pair.datagrams / 2);
  const costs: Cost[][] = contenders.map(() => []);
  for (let round = 0; round < rounds; round++) {
    for (let turn = 0; turn < contenders.length; turn++) {
      const at = (round + turn) % contenders.length;
      costs[at]?.push(await cost(contenders[at] as Contender, pair.datagrams));
    }
  }
  for (const contender of contenders) contender.close();
  const [bare = [], ours = [], tuned] = costs;
  return {
    bare: middle(bare),
    ours: middle(ours),
    tuned: tuned && middle(tuned),
    ratio: ratio(ours, bare),
    tunedRatio: tuned && ratio(ours, tuned),
  };
}

async function cost(contender: Contender, datagrams: number): Promise<Cost> {
  const wall = process.hrtime.bigint();
  const cpu = process.cpuUsage();
  await contender.run(datagrams);
  const { user, system } = process.cpuUsage(cpu);
  return { cpu: (user + system) / datagrams, wall: Number(process.hrtime.bigint() - wall) / 1_000 / datagrams };
}

function middle(costs: readonly Cost[]): Cost {
  return { cpu: median(costs.map(({ cpu }) => cpu)), wall: median(costs.map(({ wall }) => wall)) };
}

function ratio(ours: readonly Cost[], other: readonly Cost[]): number {
  const [own, others] = [ours, other].map((costs) => costs.map(({ cpu }) => cpu)) as [number[], number[]];
  return pairedRatio(own, others);
}
