import type { Verdict } from '../../model/verdict.ts';
import { failed, passed } from './verdicts.ts';
import type { PanelContext } from './context.ts';

/** Least and greatest value that a unit allows (packages/grafana-data, value formats). */
const RANGES: Record<string, [number, number]> = {
  percent: [0, 100],
  percentunit: [0, 1],
  reqps: [0, Infinity],
  ops: [0, Infinity],
  Bps: [0, Infinity],
  bytes: [0, Infinity],
  decbytes: [0, Infinity],
  s: [0, Infinity],
  ms: [0, Infinity],
};
/** Rounding in the last places is no value out of range. */
const ROUNDING = 1e-6;

/** The unit is the contract's, and every value lies in its range. */
export function fitsUnit(c: PanelContext): Verdict[] {
  const { unit, promised } = c.panel;
  const expectation = { kind: 'unit-and-range', phase: null } as const;
  if (promised && promised.unit !== unit)
    return [
      failed(c, expectation, 'panel-out-of-range', {
        title: `${c.panel.id} has another unit than promised`,
        expected: promised.unit,
        seen: unit,
        likelyCause:
          'The unit was changed in the dashboard, or not in the contract: per cent as percentunit ' +
          'reads a hundred times too large.',
      }),
    ];
  const [low, high] = RANGES[unit] ?? [-Infinity, Infinity];
  for (const answered of c.answered) {
    for (const { labels, samples } of answered.series) {
      const wrong = samples.find(([, value]) => value < low - ROUNDING || value > high + ROUNDING);
      if (wrong)
        return [
          failed(c, expectation, 'panel-out-of-range', {
            title: `${c.panel.id} leaves the range of its unit`,
            expected: `${low} to ${high} (${unit})`,
            seen: `${wrong[1]} for ${JSON.stringify(labels)}`,
            likelyCause:
              'A share is multiplied by 100 twice or not at all, or a difference of two gauges is ' +
              'taken where a ratio is meant.',
            at: answered,
          }),
        ];
    }
  }
  return c.answered.some(({ series }) => series.length > 0) ? [passed(c, expectation, unit)] : [];
}
