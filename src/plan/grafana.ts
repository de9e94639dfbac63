import { variableUses } from '../lib/grafana-variables.ts';
import type { DashboardPlan, DataSourcePlan, PanelPlan } from '../model/dashboard-plan.ts';
import type { DataSourceSpec, Spec } from '../model/spec.ts';

/**
 * What Grafana itself should have of the stack's files, where it is there.
 * @param panels those that are judged
 * @param rules how many of Grafana's own alert rules are judged
 */
export function grafanaOf(
  spec: Spec,
  panels: PanelPlan[],
  rules: number,
): { dashboards: DashboardPlan[]; dataSources: DataSourcePlan[] } {
  const judged = new Set(panels.map((panel) => panel.dashboard));
  const dashboards = spec.dashboards
    .filter((dashboard) => judged.has(dashboard.title))
    .map(({ uid, title, source, panels: all }) => ({
      uid,
      title,
      source,
      panels: all.map((panel) => ({
        id: panel.id,
        title: panel.title,
        noValue: panel.noValue,
        queries: Object.fromEntries(panel.targets.map(({ refId, expr }) => [refId, expr])),
      })),
    }));
  const dataSources =
    judged.size === 0 && rules === 0
      ? []
      : spec.dataSources.flatMap(({ uid, name, type, url, source }) =>
          uid === '' ? [] : [{ uid, name, type, url, source }],
        );
  return { dashboards, dataSources };
}

/**
 * The uid of the data source that a panel names by uid, by name or by a variable; without a name,
 * that of the default one.
 */
export function dataSourceOf(dataSources: DataSourceSpec[], named: string): string {
  const known = dataSources.find(
    ({ uid, name }) => named !== '' && (uid === named || name === named),
  );
  if (known) return known.uid;
  // A variable offers what Grafana has, the default one first.
  const byDefault = named === '' || variableUses(named).length > 0;
  return byDefault
    ? ((dataSources.find(({ isDefault }) => isDefault) ?? dataSources[0])?.uid ?? '')
    : named;
}
