import type { GrafanaDashboard } from '../../../model/grafana-evidence.ts';

/** What Grafana answers of a dashboard. */
export interface DashboardAnswer {
  dashboard?: { title?: string; panels?: PanelAnswer[] };
  meta?: { folderTitle?: string; provisioned?: boolean };
}

interface PanelAnswer {
  id?: number;
  type?: string;
  title?: string;
  targets?: { refId?: string; expr?: string }[];
  /** Of a row that is collapsed. */
  panels?: PanelAnswer[];
}

/** The dashboard with its panels, those in rows too. */
export function dashboardOf({ dashboard = {}, meta = {} }: DashboardAnswer): GrafanaDashboard {
  const panels = (dashboard.panels ?? [])
    .flatMap((panel) => [panel, ...(panel.panels ?? [])])
    .filter((panel) => panel.type !== 'row');
  return {
    title: dashboard.title ?? '',
    folder: meta.folderTitle ?? '',
    provisioned: meta.provisioned === true,
    panels: panels.map(panelOf),
  };
}

function panelOf({
  id = 0,
  title = '',
  targets = [],
}: PanelAnswer): GrafanaDashboard['panels'][number] {
  const queries = targets.flatMap(({ refId = 'A', expr = '' }) =>
    expr === '' ? [] : [[refId, expr] as const],
  );
  return { id, title, queries: Object.fromEntries(queries) };
}
