import type { Disposal } from '../../lib/disposal.ts';
import type { PrometheusApi } from '../../lib/prometheus-api.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Plan } from '../../model/plan.ts';
import type { Outside, RunEvent, RunRequest } from '../events.ts';

/** One execution of a plan: what it is about, and what it has seen so far. */
export interface Execution {
  plan: Plan;
  request: RunRequest;
  evidence: Evidence;
  prometheus: PrometheusApi;
  /** The job behind which Prometheus is. */
  prometheusJob: string;
  signal: AbortSignal;
  /** Aborted with the error when a component dies. */
  crash: AbortController;
  /** Whatever is started is registered here. */
  disposal: Disposal;
  emit: (event: RunEvent) => void;
  outside: Outside | null;
}
