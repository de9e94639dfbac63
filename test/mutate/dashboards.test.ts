import { describe, expect, it } from 'vitest';
import { checkStack, readStack } from '../../src/check/index.ts';
import { dashboardMutants } from '../../src/mutate/dashboards/index.ts';
import { PANEL_OPERATORS } from '../../src/mutate/dashboards/panel-operators.ts';
import { VARIABLE_OPERATORS } from '../../src/mutate/dashboards/variable-operators.ts';
import { judgeBySight } from '../../src/mutate/judge/sight.ts';
import { staticJudge } from '../../src/mutate/judge/static.ts';

const datasource = { type: 'prometheus', uid: 'main' };
const target = (refId: string, legendFormat: string) => ({
  ...{ refId, legendFormat, datasource },
  expr: `sum by (job, instance) (up{job=~"$job"} + ${refId.codePointAt(0)})`,
});
const BOARD = {
  title: 'Ops',
  uid: 'ops',
  schemaVersion: 40,
  templating: {
    list: [
      {
        ...{
          name: 'job',
          type: 'query',
          datasource,
          includeAll: true,
          allValue: '.+',
          multi: true,
        },
        query: { query: 'label_values(x, job)' },
        current: { text: ['All'], value: ['$__all'] },
      },
    ],
  },
  panels: [
    { id: 1, type: 'row', title: 'Row', collapsed: true, panels: [] },
    {
      ...{ id: 2, type: 'stat', title: 'Targets', datasource },
      fieldConfig: {
        defaults: { unit: 'percent', thresholds: { steps: [{ value: null }, { value: 80 }] } },
      },
      options: { reduceOptions: { calcs: ['lastNotNull'] } },
      targets: [target('A', 'of {{instance}}'), target('B', 'all')],
    },
  ],
};
const files = (panel: string, variable: string) => [
  { path: 'ops.json', text: JSON.stringify(BOARD) },
  {
    path: 'sources.yaml',
    text: `apiVersion: 1
datasources:
  - { name: Main, uid: main, type: prometheus, url: "http://prometheus:9090" }
  - { name: Other, uid: other, type: loki, url: "http://loki:3100" }
`,
  },
  {
    path: 'contract.yaml',
    text: `version: 1
dashboards: { Ops: { Targets: ${panel} } }
variables: { Ops: { job: ${variable} } }
`,
  },
];
const judged = (panel: string, variable: string) => {
  const own = files(panel, variable);
  const bySight = staticJudge(own, (changed) => checkStack(changed).findings);
  return dashboardMutants(readStack(own).dashboards, ['main', 'other']).map((mutant) =>
    judgeBySight(mutant, bySight),
  );
};
const results = judged(
  '{ unit: percent, legend: { A: "of {{instance}}", B: all }, thresholds: [80], reduces: lastNotNull, data_source: main }',
  '{ query: "label_values(x, job)", default: All, multi: true, all: ".+" }',
);

const PANEL = 'promise/panel-otherwise';
const VARIABLE = 'promise/variable-otherwise';
const CASES: [operator: string, mutants: string[]][] = [
  ['unit-changed', [`percent → percentunit: ${PANEL}`]],
  ['legend-changed', [`of {{instance}} → of {{instancex}}: ${PANEL}`, `all → allx: ${PANEL}`]],
  ['legends-swapped', [`of {{instance}}, all → all, of {{instance}}: ${PANEL}`]],
  ['threshold-moved', [`80 → 88: ${PANEL}`, `80 → : ${PANEL}`]],
  ['reduction-changed', [`lastNotNull → mean: ${PANEL}`]],
  ['panel-deleted', [`Targets → : ${PANEL}`]],
  ['data-source-changed', [`main → other: ${PANEL}`, `main → mainx: ${PANEL}`]],
  ['variable-default-changed', [`All → one-of-them: ${VARIABLE}`]],
  [
    'variable-query-changed',
    [
      `label_values(x, job) → label_values(up, job): ${VARIABLE}`,
      `label_values(x, job) → label_values(x, jobx): ${VARIABLE}`,
    ],
  ],
  ['variable-all-gone', [`true → false: ${VARIABLE}`]],
  ['variable-all-changed', [`.+ → .*: ${VARIABLE}`]],
  ['variable-multi-flipped', [`true → false: ${VARIABLE}`]],
];

describe('dashboards', () => {
  it('are got wrong in every way that there is', () => {
    expect(CASES.map(([operator]) => operator).toSorted()).toEqual(
      [...PANEL_OPERATORS, ...VARIABLE_OPERATORS].map(({ id }) => id).toSorted(),
    );
  });

  it.each(CASES)('%s', (operator, mutants) => {
    const own = results.filter(({ mutant }) => mutant.operator === operator);
    expect(
      own.map(
        ({ mutant: { was, becomes }, because }) =>
          `${was} → ${becomes}: ${/\[(.*)\]$/.exec(because)?.[1] ?? ''}`,
      ),
    ).toEqual(mutants);
    expect(own.map(({ fate }) => fate)).toEqual(own.map(() => 'killed'));
  });

  it('survive where nobody says how they look', () => {
    const left = judged('{}', '{}').filter(({ fate }) => fate === 'survived');
    expect(left.map(({ mutant }) => mutant.operator)).toEqual(
      expect.arrayContaining(['unit-changed', 'legends-swapped', 'variable-all-gone']),
    );
    for (const { because } of left) expect(because).toContain('Nothing in the contract says it');
  });
});
