import { between, type Random } from "./random.ts";

/** What a segment does to frames, for each receiver apart. Probabilities in [0, 1], times in ms. */
export interface Faults {
  /** Time that a frame takes. */
  readonly delay: number;
  /** Uniform addition to `delay`, drawn for each frame, so that close ones may overtake each other. */
  readonly jitter: number;
  readonly loss: number;
  readonly duplicate: number;
  /** A frame is held back by up to {@link Faults.reorderBy}, so that later ones overtake it. */
  readonly reorder: number;
  readonly reorderBy: number;
  /** Some bits flip and no checksum notices. */
  readonly corrupt: number;
}

export const NO_FAULTS: Faults = {
  delay: 0,
  jitter: 0,
  loss: 0,
  duplicate: 0,
  reorder: 0,
  reorderBy: 0,
  corrupt: 0,
};

/** Whether every receiver gets each frame once, whole and at the same time. */
export function isUniform(faults: Faults): boolean {
  const { jitter, loss, duplicate, reorder, corrupt } = faults;
  return jitter === 0 && loss === 0 && duplicate === 0 && reorder === 0 && corrupt === 0;
}

/** The copies that one receiver gets of a frame: when, after how many ms, and with which bytes. */
export function copies(
  bytes: Uint8Array,
  faults: Faults,
  random: Random,
): { readonly after: number; readonly bytes: Uint8Array }[] {
  if (random() < faults.loss) return [];
  const count = random() < faults.duplicate ? 2 : 1;
  return Array.from({ length: count }, () => {
    const held = random() < faults.reorder ? between(random, 0, faults.reorderBy) : 0;
    const after = faults.delay + between(random, 0, faults.jitter) + held;
    return { after, bytes: random() < faults.corrupt ? corrupted(bytes, random) : bytes };
  });
}

/** With one to eight bits flipped, and now and then cut short. */
function corrupted(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const flips = 1 + Math.floor(random() * 8);
  for (let left = flips; left > 0 && changed.length > 0; left--) {
    const at = Math.floor(random() * changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(random() * 8));
  }
  return random() < 0.25 ? changed.subarray(0, Math.floor(random() * changed.length)) : changed;
}
