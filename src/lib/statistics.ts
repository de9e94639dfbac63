/**
 * The middle one of some numbers; the mean of the two in the middle when they are even in number.
 * NaN of none.
 */
export function median(numbers: number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? NaN) + (sorted[Math.floor(half)] ?? NaN)) / 2;
}

/**
 * How far numbers lie apart: the largest less the smallest, as a share of the median; 0 when the
 * median is 0.
 */
export function spreadOf(numbers: number[]): number {
  const middle = median(numbers);
  return middle > 0 ? (Math.max(...numbers) - Math.min(...numbers)) / middle : 0;
}
