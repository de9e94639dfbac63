import { loadText, withUnit } from '../../lib/amounts.ts';
import type { Dimension } from '../../model/dimension.ts';
import type { StepRecord } from '../../model/capacity-step.ts';
import { FIGURES } from '../../model/figures.ts';
import type { FigureName } from '../../model/figures.ts';

/**
 * What a person wants to see of each step while the search goes on, the most telling first; as many
 * as were measured.
 */
const SHOWN: FigureName[] = [
  'latencyP95Seconds',
  'errorShare',
  'subjectCpuCores',
  'generatorCpuCores',
  'samplesShare',
  'scrapeP99Seconds',
  'ruleShareOfInterval',
  'queryP95Seconds',
  'subjectMemoryBytes',
];
const MOST_SHOWN = 4;
const MARKS = { holds: '✓', breaks: '✗', invalid: '?' };

/** A finished step in one line. */
export function stepLine({ measurement, verdict }: StepRecord, dimension: Dimension): string {
  const shown = SHOWN.flatMap((name) =>
    measurement.figures[name] === undefined
      ? []
      : `${FIGURES[name].title} ${withUnit(measurement.figures[name], FIGURES[name].unit)}`,
  ).slice(0, MOST_SHOWN);
  return (
    `${MARKS[verdict.outcome]} ${loadText(measurement.load).padStart(7)} ${dimension.unit}  ` +
    `${verdict.outcome === 'holds' ? shown.join(', ') : whyText(verdict)}`
  );
}

/** Why a step didn't hold, in words; empty when it did. */
export function whyText(verdict: StepRecord['verdict']): string {
  if (verdict.outcome === 'holds') return '';
  if (verdict.outcome === 'invalid') return `not counted: ${verdict.detail}`;
  return verdict.breaches
    .map(
      ({ limit, value }) =>
        `${limit.title} ${withUnit(value, FIGURES[limit.figure].unit)} (${limit.bound} ` +
        `${withUnit(limit.value, FIGURES[limit.figure].unit)}${limit.alert === null ? '' : `: ${limit.alert}`})`,
    )
    .join('; ');
}
