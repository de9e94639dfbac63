import type { MetricPlan } from '../../../model/metric-plan.ts';
import type { ScrapedThings } from '../../../technologies/load.ts';

/**
 * What stands behind the scraped addresses: made by a process of its own, so that who is judged
 * doesn't wait for it.
 */
export type ExportersLoad =
  /** So many things with series of their own, spread over so many targets. */
  | { kind: 'things'; things: ScrapedThings; count: number; targets: number }
  /** So many exporters with so many series each. */
  | { kind: 'targets'; targets: number; seriesPerTarget: number }
  /** One for each job, with the metrics that the contract promises of it. */
  | { kind: 'jobs'; jobs: string[]; metrics: MetricPlan[] };

/** One address that is scraped. */
export interface Exporter {
  /** `127.2.0.1:9400`: an address of loopback for each, as each would have a host of its own. */
  address: string;
  /** Null: the load's own. */
  job: string | null;
  series: number;
}

/** What the exporters know of the scrapes that came within a window. */
export interface ExportersAccount {
  scrapes: number;
  samples: number;
  /** Exporters that were scraped at least once since the load was made. */
  scrapedTargets: number;
  /** How long a timer of the exporters was held up since they were asked before, p99, s. */
  eventLoopLagP99Seconds: number;
}

export const EXPORTERS_PORT = 9_400;
/**
 * Where the exporters are told what to be, and asked what they saw: `POST /load`, `GET
 * /account?from=&to=`, `GET /quiet?from=&within=`.
 */
export const CONTROL_PORT = 9_401;
