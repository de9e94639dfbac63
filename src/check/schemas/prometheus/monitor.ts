import type { Value } from '../../../stack/source/value.ts';
import type { Shape } from '../shape.ts';
import { faultsOf } from '../validate.ts';
import type { Fault, Reader } from '../validate.ts';
import { RELABEL_ACTIONS } from './relabel.ts';

/** One step of relabelling, in the words of the prometheus-operator. */
const relabeling: Shape = {
  list: {
    fields: {
      sourceLabels: { list: 'text' },
      separator: 'text',
      regex: 'pattern',
      modulus: 'whole',
      targetLabel: 'text',
      replacement: 'text',
      action: { oneOf: RELABEL_ACTIONS, anyCase: true },
    },
  },
};

/**
 * What Prometheus would refuse of a monitor's endpoint, or of a Prometheus resource
 * (prometheus-operator.dev, "API reference"); their other keys are left to the cluster, which knows
 * which version of them it has.
 */
const FIELDS: Record<string, Shape> = {
  interval: 'duration',
  scrapeInterval: 'duration',
  scrapeTimeout: 'duration',
  evaluationInterval: 'duration',
  relabelings: relabeling,
  metricRelabelings: relabeling,
};

/**
 * The faults of one endpoint, or of a resource's `spec`; to the operator an empty text is as none.
 */
export function monitorFaults(value: Value, reader: Reader): Fault[] {
  return Object.entries(FIELDS)
    .filter(([key]) => value.get(key).text() !== '')
    .flatMap(([key, shape]) => faultsOf(value.get(key), shape, reader));
}
