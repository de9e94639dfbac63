import type { Dashboard, Panel } from '../stack/dashboards/index.ts';
import type { Stack } from '../stack/index.ts';
import { panelQueries, panelUnit } from '../stack/panel-queries.ts';
import { byName, known } from './derived.ts';
import type { Derived, Entry } from './derived.ts';

/** Every panel that asks Prometheus for something, by the titles of dashboard and panel. */
export function derivedDashboards({ dashboards }: Stack): Derived['dashboards'] {
  const boards = byName(
    dashboards.filter(({ title }) => title !== '').map((entry) => ({ name: entry.title, entry })),
  );
  return Object.fromEntries(
    Object.entries(boards)
      .map(([title, all]) => [title, panelsOf(all)] as const)
      .filter(([, panels]) => Object.keys(panels).length > 0),
  );
}

function panelsOf(boards: Dashboard[]): Record<string, Entry[]> {
  const panels = boards.flatMap((board) => board.panels);
  return byName(
    panels
      .filter((panel) => panel.title !== '' && panelQueries(panel).length > 0)
      .map((panel) => ({ name: panel.title, entry: entryOf(panel) })),
  );
}

function entryOf(panel: Panel): Entry {
  return known({
    unit: panelUnit(panel).text() || undefined,
    queries: Object.fromEntries(
      panelQueries(panel).map(({ refId, query }) => [refId, query.text.trim()]),
    ),
  });
}
