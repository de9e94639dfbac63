/** What `/api/v1/targets` answers of an active target. */
export interface TargetAnswer {
  labels: Record<string, string>;
  health: string;
  lastScrape: string;
  lastError: string;
}

/** A target as Prometheus has it. */
export interface TargetState {
  job: string;
  instance: string;
  /** `up`, `down`, `unknown`. */
  health: string;
  /** Why its last scrape failed; empty: it didn't. */
  lastError: string;
  /** When its last scrape began, epoch ms; null: it was never scraped. */
  lastScrapeMs: number | null;
}

/** Prometheus's answer in the harness's own units. */
export function targetStateOf({
  labels,
  health,
  lastScrape,
  lastError,
}: TargetAnswer): TargetState {
  const at = Date.parse(lastScrape);
  return {
    ...{ job: labels['job'] ?? '', instance: labels['instance'] ?? '', health, lastError },
    // Go's time of nothing is in the year 1.
    lastScrapeMs: at > 0 ? at : null,
  };
}
