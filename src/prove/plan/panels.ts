import type { VirtualSeries } from '../../model/virtual-world.ts';
import type { MissingMetric, PlannedPanel } from '../../model/proof-plan.ts';
import { selectors } from '../../promql/ast.ts';
import { jobsShown } from '../../promql/jobs-shown.ts';
import { selects } from '../../promql/matchers.ts';
import { parseExpr } from '../../promql/parse.ts';
import { speedUpExpr } from '../../speedup/index.ts';
import type { Dashboard } from '../../stack/dashboards/index.ts';
import { eachPanel } from '../../stack/dashboards/index.ts';
import type { Expression } from '../../stack/expression.ts';
import type { Metrics } from '../../stack/metrics.ts';
import type { PlannedAlert } from './alerts.ts';
import { queryOf } from './panel-query.ts';
import { sourceOf } from './place-source.ts';
import type { SavedMetrics } from './saved.ts';

/** What of a stack the saved metrics of its jobs have no series for. */
interface Known {
  metrics: Metrics;
  saved: SavedMetrics;
}

/** Alerts that read what their jobs don't export, through recording rules too. */
export function missingInAlerts(alerts: PlannedAlert[], known: Known): MissingMetric[] {
  return alerts.flatMap(({ recipe, rule, behind }) => {
    const names = [rule, ...behind].flatMap(({ expression }) => lacking(expression, known));
    return [...new Set(names)].map((metric) => ({
      alert: recipe.alert,
      what: `alert ${rule.name}`,
      metric,
      source: sourceOf(rule.expression.value.place),
    }));
  });
}

/** The same of panels. */
export function missingInPanels(dashboards: Dashboard[], known: Known): MissingMetric[] {
  const found: MissingMetric[] = [];
  eachPanel(dashboards, ({ title, targets }, dashboard) => {
    for (const { expression } of targets)
      for (const metric of expression ? lacking(expression, known) : [])
        found.push({
          alert: null,
          what: `panel ${title} of ${dashboard.title}`,
          metric,
          source: sourceOf(expression?.value.place ?? dashboard.root.place),
        });
  });
  return found;
}

/**
 * Queries of panels all of whose metrics the saved texts have, as the run asks them.
 * @param exported what the saved texts make of it, as Prometheus stores it
 */
export function plannedPanels(
  dashboards: Dashboard[],
  { metrics, saved, exported }: Known & { exported: StoredSeries[] },
  { scrapeMs, speed }: { scrapeMs: number; speed: number },
): PlannedPanel[] {
  if (saved.size === 0) return [];
  const found: PlannedPanel[] = [];
  eachPanel(dashboards, ({ title, targets }, dashboard) => {
    for (const { expression } of targets) {
      const names = expression?.expr ? selectors(expression.expr).map(({ name }) => name) : [];
      const areKnown = names.every((name) => name === 'up' || (name && metrics.get(name)));
      if (!expression || names.length === 0 || !areKnown) continue;
      const { expr, problem } = speedUpExpr(queryOf(expression.text, scrapeMs), speed);
      if (problem !== undefined) continue;
      found.push({
        what: `panel ${title} of ${dashboard.title}`,
        query: expr,
        jobs: jobsOf(expr, exported),
        source: sourceOf(expression.value.place),
      });
    }
  });
  return found;
}

/** A series as Prometheus stores it. */
type StoredSeries = Pick<VirtualSeries, 'metric' | 'labels'>;

/** The jobs of which a query surely shows something. */
function jobsOf(query: string, exported: StoredSeries[]): string[] {
  const parsed = parseExpr(query);
  if (!('expr' in parsed)) return [];
  return jobsShown(
    parsed.expr,
    (selector) =>
      new Set(
        exported
          .filter(({ metric, labels }) => selects(selector, metric, labels))
          .flatMap(({ labels }) => labels['job'] ?? []),
      ),
  );
}

/** Names that nobody exports of those that an expression selects by a name. */
function lacking({ expr }: Expression, { metrics, saved }: Known): string[] {
  if (saved.size === 0 || !expr) return [];
  return selectors(expr).flatMap(({ name, matchers }) => {
    const job = matchers.find(({ label, op }) => label === 'job' && op === '=')?.value;
    return name !== undefined && metrics.isMissing(name, job) ? [name] : [];
  });
}
