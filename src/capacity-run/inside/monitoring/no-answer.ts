import { messageOf } from '../../../lib/errors.ts';
import type { StepMeasurement } from '../../../model/capacity-step.ts';
import type { PrometheusUnderLoad } from './prometheus.ts';

/** What became of a Prometheus that can't be asked any more: it died, or hangs. */
export function whyNoAnswer(
  prometheus: PrometheusUnderLoad,
  error: unknown,
): StepMeasurement['trouble'] {
  const died = prometheus.died();
  return died === null
    ? { kind: 'hung', detail: `Prometheus: ${messageOf(error)}` }
    : { kind: 'died', detail: died };
}
