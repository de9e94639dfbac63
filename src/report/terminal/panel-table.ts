import { groupBy } from '../../lib/group-by.ts';
import { GRAFANA_KINDS, subjectName } from '../../model/expectation.ts';
import type { Expectation } from '../../model/expectation.ts';
import type { Judgement, Verdict } from '../../model/verdict.ts';
import { MARKS, worst } from '../columns.ts';
import { marked } from './metric-table.ts';
import { tableText } from '../plain-table.ts';
import type { Colors } from '../text.ts';
import { verdictsAbout } from '../verdicts-about.ts';

interface PanelColumn {
  head: string;
  kinds: Expectation['kind'][];
}

const COLUMNS: PanelColumn[] = [
  { head: 'data', kinds: ['has-data', 'judged', 'quiet-when-well'] },
  { head: 'legend', kinds: ['legend'] },
  { head: 'range', kinds: ['unit-and-range'] },
  { head: 'truth', kinds: ['shows-truth'] },
];
/** Only where Grafana itself was judged. */
const GRAFANA: PanelColumn = { head: 'Grafana', kinds: [...GRAFANA_KINDS] };

/** One row for each panel, below its dashboard. */
export function panelTable(judgement: Judgement, c: Colors): string {
  const verdicts = verdictsAbout(judgement, 'panel');
  const columns = [
    ...COLUMNS,
    ...(verdicts.some((v) => GRAFANA.kinds.includes(v.expectation.kind)) ? [GRAFANA] : []),
  ];
  const head = ['panel', ...columns.map((column) => column.head)];
  const boards = [...groupBy(verdicts, (v) => subjectName(v.expectation.subject))];
  const rows = boards.flatMap(([dashboard, below]) => [
    [dashboard, ...columns.map(() => '')],
    ...[...groupBy(below, panelOf)].map(([panel, own]) => [
      `  ${panel}`,
      ...columns.map((column) => {
        const shown = worst(own.filter((v) => column.kinds.includes(v.expectation.kind)));
        return shown ? marked(shown, MARKS[shown.outcome], c) : c.dim('·');
      }),
    ]),
  ]);
  return tableText(rows, { head: head.map((text) => c.bold(text)) });
}

function panelOf({ expectation: { subject } }: Verdict): string {
  return subject.about === 'panel' ? subject.panel : subjectName(subject);
}
