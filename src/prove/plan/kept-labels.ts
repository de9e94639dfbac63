import { actionOf, patternOf, relabel } from '../../promql/relabel.ts';
import type { Labels, RelabelRule } from '../../promql/relabel.ts';
import { samples } from '../../promql/regex/sample.ts';

/** What relabelling of metrics leaves of the labels that a target may export. */
export interface KeptLabels {
  keeps: (label: string) => boolean;
  /** Some that are kept by name. */
  named: readonly string[];
}

/** A value that relabelling has no reason to look for. */
const ANY_VALUE = 'x';

/** @param labels those that a series has anyway, its name among them */
export function keptLabels(rules: readonly RelabelRule[], labels: Labels): KeptLabels {
  const keeping = rules.filter((rule) => actionOf(rule) === 'labelkeep');
  return {
    keeps: (label) => {
      const result = relabel({ ...labels, [label]: ANY_VALUE }, [...rules]);
      // What is dropped whole is told as that.
      return 'droppedBy' in result || result.labels[label] === ANY_VALUE;
    },
    named: keeping.flatMap((rule) => samples(patternOf(rule))),
  };
}
