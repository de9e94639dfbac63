/** A score in per cent, rounded down: not 100% while one is left; `–` where there is none. */
export function percent(score: number | null): string {
  return score === null ? '–' : `${Math.floor(score * 1000) / 10}%`;
}
