/**
 * How often Prometheus scrapes and evaluates where its configuration doesn't say (config/config.go,
 * `DefaultGlobalConfig`), ms.
 */
export const DEFAULT_INTERVAL_MS = 60_000;
