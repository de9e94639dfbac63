import type { Verdict } from '../../model/verdict.ts';
import { failed, passed, unjudgedPanel } from './context.ts';
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

/** Each query is answered, and shows something, unless the contract says why not; also with other choices of the variables. */
export function hasData(c: PanelContext): Verdict[] {
  const expectation = { kind: 'has-data', phase: null } as const;
  const broken = c.answered.find(({ answer }) => answer.error !== null);
  if (broken?.query.problem)
    return [
      unjudgedPanel(
        c,
        expectation,
        `query ${broken.query.refId}: ${broken.query.problem}`,
        'Run with --real-time to judge this panel.',
      ),
    ];
  if (broken)
    return [
      failed(
        c,
        expectation,
        'panel-error',
        {
          title: `${c.panel.id} shows an error`,
          expected: `an answer to query ${broken.query.refId}`,
          seen: broken.answer.error ?? '',
          likelyCause:
            'The query does not parse, joins series that do not match one to one, or uses a variable that is not defined.',
        },
        broken,
      ),
    ];
  const empty = c.answered.filter(
    ({ series }) =>
      !series.some(({ samples }) => samples.some(([, value]) => !Number.isNaN(value))),
  );
  const promised = c.panel.promised?.empty ?? null;
  const first = empty[0];
  if (promised !== null) {
    if (first) return [passed(c, expectation, `empty: ${promised}`)];
    return [
      failed(c, expectation, 'panel-not-empty', {
        title: `${c.panel.id} has data although the contract says that it has none`,
        expected: `nothing: ${promised}`,
        seen: `${c.answered.reduce((sum, { series }) => sum + series.length, 0)} series`,
        likelyCause: 'The reason in the contract is out of date.',
      }),
    ];
  }
  if (first)
    return [
      failed(
        c,
        expectation,
        'panel-no-data',
        {
          title: `${c.panel.id} shows nothing`,
          expected: `data for query ${first.query.refId} from T0 to the end`,
          seen: 'no series',
          likelyCause:
            'No job exports the metric under this name and these labels, two sides of an operator have no labels in common, or a variable leaves nothing over.',
        },
        first,
      ),
    ];
  for (const answered of c.answered) {
    const bad = answered.answer.choices.find(
      ({ series }) => typeof series === 'string' || series === 0,
    );
    if (bad)
      return [
        failed(
          c,
          expectation,
          typeof bad.series === 'string' ? 'panel-error' : 'panel-no-data',
          {
            title: `${c.panel.id} shows nothing when ${bad.chosen}`,
            expected: `data for query ${answered.query.refId} with this choice as well`,
            seen: typeof bad.series === 'string' ? bad.series : 'no series',
            likelyCause:
              "The variable is matched with = where several values need =~, or its values come from another metric than the query's.",
          },
          answered,
        ),
      ];
  }
  const choices = c.answered.flatMap(({ answer }) => answer.choices).length;
  return [
    passed(
      c,
      expectation,
      `${c.answered.reduce((sum, { series }) => sum + series.length, 0)} series${choices > 0 ? `, ${choices} other choices` : ''}`,
    ),
  ];
}

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
