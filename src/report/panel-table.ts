import Table from 'cli-table3';
import type { Judgement } from '../model/verdict.ts';
import { MARKS, worst } from './columns.ts';
import { marked } from './metric-table.ts';
import { PLAIN_TABLE } from './table.ts';
import type { Colors } from './text.ts';

const COLUMNS: { head: string; expectation: RegExp }[] = [
  { head: 'data', expectation: /^(has data|judged|quiet when all is well)$/ },
  { head: 'legend', expectation: /^legend$/ },
  { head: 'range', expectation: /^unit and range$/ },
  { head: 'truth', expectation: /^shows the truth/ },
];
/** Only where Grafana itself was judged. */
const GRAFANA = { head: 'Grafana', expectation: /^(Grafana |a browser shows it$)/ };

/** One row for each panel, below its dashboard. */
export function panelTable(judgement: Judgement, c: Colors): string {
  const verdicts = judgement.verdicts.filter((v) => v.about === 'panel');
  const columns = [
    ...COLUMNS,
    ...(verdicts.some((v) => GRAFANA.expectation.test(v.expectation)) ? [GRAFANA] : []),
  ];
  const table = new Table({
    ...PLAIN_TABLE,
    head: ['panel', ...columns.map((column) => column.head)].map((text) => c.bold(text)),
  });
  for (const dashboard of new Set(verdicts.map((v) => v.subject))) {
    const panels = [
      ...new Set(verdicts.filter((v) => v.subject === dashboard).map((v) => v.track)),
    ];
    table.push([dashboard, ...columns.map(() => '')]);
    for (const panel of panels) {
      const own = verdicts.filter((v) => v.track === panel);
      table.push([
        `  ${panel.slice(dashboard.length + 1)}`,
        ...columns.map((column) => {
          const shown = worst(own.filter((v) => column.expectation.test(v.expectation)));
          return shown ? marked(shown, MARKS[shown.outcome], c) : c.dim('·');
        }),
      ]);
    }
  }
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}
