import { isSameExpression } from '../../../promql/same.ts';
import type { Dashboard, Panel } from '../../../stack/dashboards/index.ts';
import { panelQueries, panelUnit } from '../../../stack/panel-queries.ts';
import type { Value } from '../../../stack/source/value.ts';
import { judgeLooks } from '../../promises/panel-looks.ts';
import type { Rule, Say } from '../../rule.ts';

export const panelOtherwise: Rule = {
  id: 'promise/panel-otherwise',
  level: 'error',
  title: 'A panel that asks for something else than the contract promises, or shows it otherwise',
  why: 'People look at it for what was agreed upon, and see something else, or nothing.',
  mend: 'Find out which of them is right, and change the other.',
  check: ({ contract, dashboards }, say) => {
    // Where no dashboard lies in the folder, somebody else looks after them.
    if (dashboards.length === 0) return;
    for (const { key: title, value } of contract?.root.get('dashboards').entries() ?? []) {
      const boards = dashboards.filter((board) => board.title === title);
      if (boards.length === 0)
        say(value.keyPlace, `no dashboard is called ${title}`, { subject: `dashboard ${title}` });
      else judgeDashboard(boards, value, say);
    }
  },
};

function judgeDashboard(boards: Dashboard[], promised: Value, say: Say): void {
  for (const { key: title, value } of promised.entries()) {
    const panels = boards.flatMap((board) => board.panels).filter((one) => one.title === title);
    const entries = value.isList ? value.items() : [value];
    entries.forEach((entry, i) => {
      const panel = panels[i];
      const subject = `panel ${title}`;
      if (panel) judgePanel(panel, entry, (place, text) => say(place, text, { subject }));
      else
        say(
          entry.keyPlace,
          entries.length === 1
            ? `no panel is called ${title}`
            : `fewer panels are called ${title} than are promised`,
          { subject },
        );
    });
  }
}

function judgePanel(panel: Panel, promised: Value, say: Say): void {
  judgeLooks(panel, promised, say);
  const unit = promised.get('unit').text();
  const own = panelUnit(panel);
  const ownUnit = own.text() ?? 'none';
  if (unit !== undefined && unit !== ownUnit)
    say(
      own.exists ? own.place : panel.value.head,
      `${panel.title} has the unit ${ownUnit}, and ${unit} is promised`,
    );
  const queries = new Map(panelQueries(panel).map(({ refId, query }) => [refId, query]));
  for (const { key: refId, value } of promised.get('queries').entries()) {
    const query = queries.get(refId);
    const text = value.text() ?? '';
    if (!query)
      say(panel.value.head, `${panel.title} has no query ${refId}, and \`${text}\` is promised`);
    else if (!isSameExpression(query.text, text))
      say(query.value.place, `${panel.title} asks for something else than \`${text}\``);
  }
}
