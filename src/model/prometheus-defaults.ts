/**
 * How often Prometheus scrapes and evaluates where its configuration doesn't say (config/config.go,
 * `DefaultGlobalConfig`), ms.
 */
export const DEFAULT_INTERVAL_MS = 60_000;

/** How often targets are scraped where rules stand alone: what most configurations have, ms. */
export const USUAL_SCRAPE_MS = 15_000;
