/**
 * The last place of a list for which something holds that holds for none after the first that it
 * doesn't hold for: as `findLastIndex`, in logarithmic time; -1 when it holds for none.
 * @param holds true for a beginning of the list, false for the rest
 */
export function lastWhile<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(list[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
