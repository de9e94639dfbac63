import type { Quantiles } from '../../src/model/k6-evidence.ts';

/** What k6 hands to handleSummary, as far as it is read. */
export interface Summary {
  metrics: Record<string, { values: Record<string, number> } | undefined>;
}

/** Which of k6's statistics stand for the median, the 95th and the 99th percentile. */
type Stats = [median: string, p95: string, p99: string];

/**
 * Of a whole stretch, one request in a hundred more or less. Where half of the requests are slow,
 * the median lies between two modes: k6 takes the middle between them, Prometheus one or the other.
 */
const NEARLY: Record<'asked' | 'waited', Stats> = {
  asked: ['p(49)', 'p(94)', 'p(98.5)'],
  waited: ['p(51)', 'p(96)', 'p(99.5)'],
};
/**
 * A panel's window has some forty of a slot's requests, of which one more or less is slow: its
 * quantile is one of those beside the slot's own.
 */
export const AROUND: typeof NEARLY = {
  asked: ['p(45)', 'p(92.5)', 'p(97.5)'],
  waited: ['p(55)', 'p(97.5)', 'max'],
};

/** What k6 has to sum its trends up in. */
export const TREND_STATS = [
  ...new Set([
    'min',
    'max',
    'count',
    ...[NEARLY, AROUND].flatMap((of) => Object.values(of).flat()),
  ]),
];

/** k6's summary, by the parts that `partsOf` asked for. */
export class Read {
  private readonly data: Summary;

  constructor(data: Summary) {
    this.data = data;
  }

  /** One figure of a metric; 0 where k6 has none. */
  value(metric: string, stat: string): number {
    return this.data.metrics[metric]?.values[stat] ?? 0;
  }

  /** How long requests with these tags were asked to take, and took, seconds. */
  quantiles(tags: string, stats = NEARLY): Quantiles {
    const of = (metric: string, [median, p95, p99]: Stats): Quantiles['asked'] => ({
      '0.5': this.value(metric, median) / 1000,
      '0.95': this.value(metric, p95) / 1000,
      '0.99': this.value(metric, p99) / 1000,
    });
    return {
      asked: of(`asked_ms{${tags}}`, stats.asked),
      waited: of(`http_req_waiting{${tags}}`, stats.waited),
    };
  }
}
