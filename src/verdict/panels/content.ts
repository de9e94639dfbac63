import type { Verdict } from '../../model/verdict.ts';
import { failed, passed } from './context.ts';
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
const SHOWN = 4;

const LEGEND = { kind: 'legend', phase: null } as const;

/** No two series have the same name in the legend. */
export function distinctLegends(c: PanelContext): Verdict[] {
  const names = c.answered.flatMap((answered) =>
    answered.series.map(({ labels }) => ({
      answered,
      name: legendOf(answered.query.legend, labels),
    })),
  );
  if (names.length === 0) return [];
  const twice = names.find(({ name }, i) => names.findIndex((other) => other.name === name) < i);
  if (!twice)
    return [
      passed(
        c,
        LEGEND,
        names
          .slice(0, SHOWN)
          .map(({ name }) => name)
          .join(', ') + (names.length > SHOWN ? ', …' : ''),
      ),
    ];
  return [
    failed(
      c,
      LEGEND,
      'panel-legend-not-distinct',
      {
        title: `${c.panel.id} has several series of one name`,
        expected: 'a name of its own for each series',
        seen: `"${twice.name}" ${names.filter(({ name }) => name === twice.name).length} times`,
        likelyCause:
          'The legend leaves out a label by which the series differ, or names one that the expression aggregates away.',
      },
      twice.answered,
    ),
  ];
}

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
          'The unit was changed in the dashboard, or not in the contract: per cent as percentunit reads a hundred times too large.',
      }),
    ];
  const [low, high] = RANGES[unit] ?? [-Infinity, Infinity];
  for (const answered of c.answered) {
    for (const { labels, samples } of answered.series) {
      const wrong = samples.find(([, value]) => value < low - ROUNDING || value > high + ROUNDING);
      if (wrong)
        return [
          failed(
            c,
            expectation,
            'panel-out-of-range',
            {
              title: `${c.panel.id} leaves the range of its unit`,
              expected: `${low} to ${high} (${unit})`,
              seen: `${wrong[1]} for ${JSON.stringify(labels)}`,
              likelyCause:
                'A share is multiplied by 100 twice or not at all, or a difference of two gauges is taken where a ratio is meant.',
            },
            answered,
          ),
        ];
    }
  }
  return c.answered.some(({ series }) => series.length > 0) ? [passed(c, expectation, unit)] : [];
}

/** A series' name in the legend: the template with its labels; without one, all labels. */
export function legendOf(template: string, labels: Record<string, string>): string {
  if (template === '' || template === '__auto') return JSON.stringify(labels);
  return template.replace(/\{\{\s*([\w.]+)\s*\}\}/g, (_, name: string) => labels[name] ?? '');
}
