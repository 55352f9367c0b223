/** How many of the values fall into each quarter of the range, as shares of all. */
export function quarters(values: readonly number[], low: number, high: number): number[] {
  const counts = [0, 0, 0, 0];
  for (const value of values) {
    const quarter = Math.min(3, Math.floor(((value - low) / (high - low)) * 4));
    counts[quarter] = (counts[quarter] ?? 0) + 1;
  }
  return counts.map((count) => count / values.length);
}

/** Kolmogorov–Smirnov distance from the uniform distribution, times √n: above 1.63 in one sample of a hundred. */
export function kolmogorovSmirnov(values: readonly number[], low: number, high: number): number {
  const sorted = values.map((value) => (value - low) / (high - low)).sort((x, y) => x - y);
  const distances = sorted.map((value, index) =>
    Math.max(value - index / sorted.length, (index + 1) / sorted.length - value),
  );
  return Math.max(...distances) * Math.sqrt(sorted.length);
}
