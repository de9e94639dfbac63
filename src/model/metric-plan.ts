import type { MetricType } from './contract.ts';
import type { SourceRef } from './source.ts';

/** What the contract promises of a metric. */
export interface MetricPlan {
  name: string;
  type: MetricType;
  jobs: string[];
  labels: string[];
  /** The most series (of a histogram: label combinations) per job. */
  series: number;
  /** The fewest series per job; absent: one. */
  least?: number;
  /** Upper bounds of buckets that a histogram must have; absent: any. */
  buckets?: number[];
  /** Whether it is judged by itself; if not, it is recorded only. */
  selected: boolean;
  source: SourceRef;
}

/** An instant query whose answer belongs to the evidence: asked at the end, for this moment. */
export interface Question {
  id: string;
  query: string;
  /** Run time in ms after T0. */
  atMs: number;
}

/**
 * p50, p95 and p99 of a service as Prometheus estimates them when a span of its first life is over.
 */
export interface QuantilePlan {
  metric: string;
  job: string;
  service: string;
  span: string;
  quantile: '0.5' | '0.95' | '0.99';
  /** Id of its question. */
  question: string;
}
