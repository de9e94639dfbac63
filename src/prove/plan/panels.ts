import type { VirtualSeries } from '../../model/virtual-world.ts';
import type { PlannedPanel } from '../../model/proof-plan.ts';
import { selectors } from '../../promql/ast.ts';
import { jobsShown } from '../../promql/jobs-shown.ts';
import { selects } from '../../promql/matchers.ts';
import { parseExpr } from '../../promql/parse.ts';
import { speedUpExpr } from '../../speedup/index.ts';
import type { Dashboard } from '../../stack/dashboards/index.ts';
import { eachPanel } from '../../stack/dashboards/index.ts';
import type { Known } from './missing.ts';
import { queryOf } from './panel-query.ts';
import { sourceOf } from './place-source.ts';

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
      const areKnown = names.every((name) => name === 'up' || (name && metrics.has(name)));
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
