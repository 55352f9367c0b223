import { expect, test } from "vitest";
import { FaultRun } from "./fault-run.ts";
import { reporting, seeds } from "./replay.ts";

const REPLUGGED_WITHIN = 30_000;
const PARTED_WITHIN = 20_000;
const UNNOTICED_WITHIN = 4_600_000;

test.each(seeds(130))("seed %i: 40 s of trouble, then all cables replugged: all is right within 30 s", (seed) => {
  const run = new FaultRun(seed);
  reporting(run.lan, () => {
    run.trouble();
    run.recover("replugged");
    run.rest(REPLUGGED_WITHIN);
    run.parting(PARTED_WITHIN);
  });
  expect(run.world.faults()).toEqual([]);
});

test.each(seeds(60))(
  "seed %i: 40 s of trouble that ends unnoticed: all is right when the oldest record has expired",
  (seed) => {
    const run = new FaultRun(seed);
    reporting(run.lan, () => {
      run.trouble();
      run.recover("unnoticed");
      run.rest(UNNOTICED_WITHIN);
    });
    expect(run.world.faults()).toEqual([]);
  },
);

test.each(seeds(60))(
  "seed %i: the same with broken packets that no checksum caught: nothing that exists is lost",
  (seed) => {
    const run = new FaultRun(seed, { corrupt: true });
    reporting(run.lan, () => {
      run.trouble();
      run.recover("unnoticed");
      run.rest(UNNOTICED_WITHIN);
    });
    expect(run.world.faults({ ghosts: true })).toEqual([]);
  },
);
