import {
  formatValues,
  globalValues,
  intervalMs,
  replaceVariables,
} from '../lib/grafana-variables.ts';
import type { VariableUse } from '../lib/grafana-variables.ts';
import { readTruth } from '../ground-truth/check.ts';
import { widestRangeMs } from '../promql/widest-range.ts';
import type { PanelContract } from '../model/contract.ts';
import type { PanelPlan, PanelQuery, VariablePlan } from '../model/dashboard-plan.ts';
import type { DashboardSpec, PanelSpec, Spec, TargetSpec, VariableSpec } from '../model/spec.ts';
import type { Selection } from './selection.ts';
import { dataSourceOf } from './grafana.ts';
import type { Timings } from './timings.ts';

const LABEL_VALUES = /^label_values\(\s*(?:([\s\S]*)\s*,\s*)?(\w+)\s*\)$/;

/** Everything of the dashboards that a run asks and a verdict needs. */
export interface PanelsPlan {
  panels: PanelPlan[];
  variables: VariablePlan[];
}

/** The widest window of the queries that are held against slots of k6's account; 0 without any. */
export function slotWindowMs(panels: PanelPlan[]): number {
  const windows = panels
    .flatMap(({ queries }) => queries)
    .filter(({ shows }) => shows !== null && readTruth(shows).comparison !== 'moment')
    .map(({ windowMs }) => windowMs);
  return Math.max(0, ...windows);
}

/**
 * Every query of every panel as Grafana would run it. Variables whose values only Prometheus knows
 * become placeholders, since the values belong to the run.
 */
export function panelsOf(spec: Spec, timings: Timings, selection: Selection): PanelsPlan {
  const variables: VariablePlan[] = [];
  const panels = spec.dashboards.flatMap((dashboard) => {
    const promised = spec.contract.dashboards.find((d) => d.name === dashboard.title);
    return dashboard.panels
      .filter(
        (panel) =>
          panel.targets.length > 0 && selection.wants(`panel/${dashboard.title}/${panel.title}`),
      )
      .map((panel): PanelPlan => {
        const promise = promised?.panels.find((p) => p.title === panel.title);
        return {
          id: `${dashboard.title}/${panel.title}`,
          dashboard: dashboard.title,
          title: panel.title,
          rangeMs: dashboard.rangeMs,
          refreshMs: dashboard.refreshMs,
          unit: panel.unit,
          source: panel.source,
          promised: promise
            ? {
                unit: promise.unit,
                unproved: promise.unproved ?? null,
                empty: promise.empty ?? null,
              }
            : null,
          queries: panel.targets.map((target) =>
            queryOf(spec, dashboard, panel, target, promise, timings, variables),
          ),
        };
      });
  });
  return { panels, variables };
}

function queryOf(
  spec: Spec,
  dashboard: DashboardSpec,
  panel: PanelSpec,
  target: TargetSpec,
  promise: PanelContract | undefined,
  timings: Timings,
  variables: VariablePlan[],
): PanelQuery {
  const scrapeMs = spec.prometheus.scrapeIntervalMs;
  const interval = intervalMs(
    dashboard.rangeMs,
    panel.maxDataPoints,
    target.intervalMs || panel.intervalMs || scrapeMs,
  );
  // In the stack's own time, as everything else.
  const own = globalValues(interval, scrapeMs, dashboard.rangeMs);
  const replaced = replaceVariables(
    target.expr,
    (use) => own[use.name] ?? valueOf(use, dashboard, variables),
  );
  const windowMs = widestRangeMs(replaced);
  return {
    refId: target.refId,
    expr: target.expr,
    runExpr: replaced,
    legend: target.legend,
    instant: target.instant,
    source: target.source,
    stepMs: evenStepMs(Math.max(timings.undivided.leastStepMs, interval), windowMs, scrapeMs),
    windowMs,
    dataSource: dataSourceOf(spec.dataSources, target.dataSource),
    shows: promise?.shows[target.refId] ?? promise?.shows['*'] ?? null,
    problem: null,
  };
}

/**
 * A step at which the windows of a curve's points see every scrape equally often: what lies between
 * the first and the last sample of a window, W − S, is a whole number of steps. Load has beats, and
 * with others the mean of the points would lack, or count twice, what comes at one time of each.
 * @param atMostMs the step that is asked for
 */
function evenStepMs(atMostMs: number, windowMs: number, scrapeMs: number): number {
  const seenMs = windowMs - scrapeMs;
  // Of a window that holds hardly two samples nothing is seen but now and then.
  return seenMs * 4 > atMostMs ? seenMs / Math.ceil(seenMs / atMostMs) : atMostMs;
}

/**
 * The text that stands for a use of one of the dashboard's own variables; a placeholder where only
 * Prometheus knows it.
 */
function valueOf(
  use: VariableUse,
  dashboard: DashboardSpec,
  variables: VariablePlan[],
): string | undefined {
  const variable = dashboard.variables.find((v) => v.name === use.name);
  if (!variable) return undefined;
  const asked = variable.kind === 'query' ? LABEL_VALUES.exec(variable.query.trim()) : null;
  // A text of its own for All stands as it is: it is meant to be a regular expression.
  if (!asked && isAll(variable) && variable.allValue !== null) return variable.allValue;
  if (!asked) return formatValues(staticValues(variable), use.format, variable);
  const known = variables.find(
    (v) =>
      v.dashboard === dashboard.title &&
      v.name === variable.name &&
      v.format === (use.format ?? null),
  );
  if (known) return known.placeholder;
  // What it depends on comes first, so that the run can resolve them in order.
  const selector = replaceVariables(asked[1] ?? '', (inner) =>
    inner.name === use.name ? undefined : valueOf(inner, dashboard, variables),
  );
  const placeholder = `gtv_variable_${variables.length}`;
  const { name, multi, includeAll, allValue, current } = variable;
  variables.push({
    placeholder,
    name,
    dashboard: dashboard.title,
    selector,
    label: asked[2] ?? '',
    multi,
    includeAll,
    allValue,
    current,
    format: use.format ?? null,
  });
  return placeholder;
}

/** Whether All is chosen when the dashboard opens. */
function isAll(variable: VariableSpec): boolean {
  return variable.current.includes('$__all');
}

/** Values of a variable that the dashboard's file itself knows. */
function staticValues(variable: VariableSpec): string[] {
  const offered =
    variable.kind === 'custom' || variable.kind === 'interval'
      ? variable.query.split(/(?<!\\),/).map((value) =>
          value
            .trim()
            .replace(/^.* : /, '')
            .replaceAll('\\,', ','),
        )
      : [variable.query];
  const chosen = variable.current.filter((value) => value !== '$__all' && value !== '');
  if (chosen.length > 0) return chosen;
  return isAll(variable) ? offered : offered.slice(0, 1);
}
