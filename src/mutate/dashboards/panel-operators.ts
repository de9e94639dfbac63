import { valueAt } from '../../stack/source/paths.ts';
import type { TreePath } from '../../stack/source/paths.ts';
import type { Value } from '../../stack/source/value.ts';
import type { DashboardMistake, PanelOperator } from './operator.ts';

/** Something else in the place of a text or a number. */
function put(value: Value, path: TreePath, becomes: string | number): DashboardMistake {
  const edits = [{ path, value: becomes }];
  return { value, was: value.text() ?? '', becomes: String(becomes), edits };
}

/** Units that are taken for each other. */
const UNITS: Record<string, string> = {
  percent: 'percentunit',
  percentunit: 'percent',
  s: 'ms',
  ms: 's',
  bytes: 'bits',
  Bps: 'bps',
  reqps: 'reqpm',
};
const UNIT: TreePath = ['fieldConfig', 'defaults', 'unit'];

const unitChanged: PanelOperator = {
  id: 'unit-changed',
  mistakes: ({ one, path }) => {
    const unit = valueAt(one.value, UNIT);
    const text = unit.text();
    return text === undefined
      ? []
      : [put(unit, [...path, ...UNIT], UNITS[text] ?? (text === 'short' ? 'none' : 'short'))];
  },
};

/** A label that the series don't have, or another word. */
const legendChanged: PanelOperator = {
  id: 'legend-changed',
  mistakes: ({ one, path }) =>
    one.targets.flatMap(({ legend }, i) => {
      const text = legend.text();
      if (text === undefined || text === '') return [];
      const becomes = /\{\{\s*\w+/.test(text) ? text.replace(/\{\{\s*\w+/, '$&x') : `${text}x`;
      return [put(legend, [...path, 'targets', i, 'legendFormat'], becomes)];
    }),
};

/** Two queries, each called as the other is. */
const legendsSwapped: PanelOperator = {
  id: 'legends-swapped',
  mistakes: ({ one, path }) =>
    one.targets.slice(1).flatMap((second, i) => {
      const first = one.targets[i];
      const [a, b] = [first?.legend.text(), second.legend.text()];
      if (!first || a === undefined || b === undefined || a === b) return [];
      const at = (number: number): TreePath => [...path, 'targets', number, 'legendFormat'];
      const edits = [
        { path: at(i), value: b },
        { path: at(i + 1), value: a },
      ];
      return [{ value: first.legend, was: `${a}, ${b}`, becomes: `${b}, ${a}`, edits }];
    }),
};

const STEPS: TreePath = ['fieldConfig', 'defaults', 'thresholds', 'steps'];
/** A little more: nothing that somebody would see at a glance. */
const FARTHER = 1.1;

const thresholdMoved: PanelOperator = {
  id: 'threshold-moved',
  mistakes: ({ one, path }) =>
    valueAt(one.value, STEPS)
      .items()
      .flatMap((step, i) => {
        const value = step.get('value');
        const number = value.number();
        const at = [...path, ...STEPS, i];
        if (number === undefined) return [];
        const gone = { value, was: value.text() ?? '', becomes: '', edits: [{ path: at }] };
        const moved = number === 0 ? 1 : Number((number * FARTHER).toPrecision(6));
        return [put(value, [...at, 'value'], moved), gone];
      }),
};

const CALCS: TreePath = ['options', 'reduceOptions', 'calcs', 0];

const reductionChanged: PanelOperator = {
  id: 'reduction-changed',
  mistakes: ({ one, path }) => {
    const calc = valueAt(one.value, CALCS);
    const text = calc.text();
    return text === undefined
      ? []
      : [put(calc, [...path, ...CALCS], text === 'mean' ? 'lastNotNull' : 'mean')];
  },
};

const panelDeleted: PanelOperator = {
  id: 'panel-deleted',
  mistakes: ({ one, path }) =>
    one.targets.length === 0
      ? []
      : [{ value: one.value, was: one.title, becomes: '', edits: [{ path }] }],
};

/** Another of those that there are, or one that isn't there. */
const dataSourceChanged: PanelOperator = {
  id: 'data-source-changed',
  mistakes: ({ one, path, dataSources }) => {
    const uid = one.value.at('datasource', 'uid');
    const text = uid.text();
    if (text === undefined || one.targets.length === 0) return [];
    const others = dataSources.filter((other) => other !== text);
    return [...others, `${text}x`].map((becomes) => ({
      ...put(uid, [...path, 'datasource', 'uid'], becomes),
      edits: [
        { path: [...path, 'datasource', 'uid'], value: becomes },
        ...one.targets.flatMap(({ value }, i) =>
          value.at('datasource', 'uid').exists
            ? [{ path: [...path, 'targets', i, 'datasource', 'uid'], value: becomes }]
            : [],
        ),
      ],
    }));
  },
};

export const PANEL_OPERATORS: PanelOperator[] = [
  unitChanged,
  legendChanged,
  legendsSwapped,
  thresholdMoved,
  reductionChanged,
  panelDeleted,
  dataSourceChanged,
];
