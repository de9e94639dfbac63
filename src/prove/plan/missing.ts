import type { MissingMetric } from '../../model/proof-plan.ts';
import { eachExpr } from '../../promql/ast.ts';
import type { Expr, Selector } from '../../promql/ast.ts';
import { isNeeded } from '../../promql/needed.ts';
import type { Dashboard } from '../../stack/dashboards/index.ts';
import { eachPanel } from '../../stack/dashboards/index.ts';
import type { Expression } from '../../stack/expression.ts';
import type { Metrics } from '../../stack/metrics.ts';
import type { Rule } from '../../stack/rules.ts';
import { unexported } from '../../stack/unexported.ts';
import type { Unexported } from '../../stack/unexported.ts';
import type { PlannedAlert } from './alerts.ts';
import { sourceOf } from './place-source.ts';
import type { SavedMetrics } from './saved.ts';

/** What of a stack the saved metrics of its jobs have no series for. */
export interface Known {
  metrics: Metrics;
  saved: SavedMetrics;
}

type ReadBy = Pick<PlannedAlert, 'recipe' | 'rule' | 'behind'>;

/** Alerts that read what their jobs don't export, through recording rules too. */
export function missingInAlerts(alerts: readonly ReadBy[], known: Known): MissingMetric[] {
  return alerts.flatMap(({ recipe: { alert }, rule, behind }) => {
    const what = `alert ${rule.name}`;
    const all = [rule, ...behind];
    const names = new Set(all.flatMap(({ expression }) => lacking(expression, known)));
    return [
      ...[...names].map((metric) => ({
        ...{ alert, what, metric },
        source: sourceOf(rule.expression.value.place),
      })),
      ...all.flatMap((one) =>
        lackedBy(one, known)
          .filter(({ kind }) => kind === 'label' || kind === 'value')
          .map(({ metric, matcher, kind, have }) => ({
            ...{ alert, what, metric },
            lacks: { asked: textOf(one, matcher), kind: kind as 'label' | 'value', have },
            source: sourceOf(one.expression.at(matcher)),
          })),
      ),
    ];
  });
}

/** The same of panels; whether their labels are there is seen when they are asked. */
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

/** What alerts were proved on, and nobody has seen: it may come one day, or be a slip. */
export function unseenNotes(alerts: readonly ReadBy[], known: Known): string[] {
  const notes = alerts.flatMap(({ rule, behind }) =>
    [rule, ...behind].flatMap((one) =>
      lackedBy(one, known)
        .filter(({ kind }) => kind.startsWith('unseen'))
        .map(
          ({ metric, matcher, have }) =>
            `${rule.name} reads ${metric} with ${textOf(one, matcher)}, which no saved series has ` +
            `(there: ${listOf(have)}): proved on series that were made up`,
        ),
    ),
  );
  return [...new Set(notes)];
}

/** Names that an expression selects and gives nothing without, and that nobody exports. */
function lacking({ expr }: Expression, { metrics, saved }: Known): string[] {
  if (saved.size === 0 || !expr) return [];
  return neededSelectors(expr).flatMap(({ name, matchers }) =>
    name !== undefined && metrics.isMissing(name, matchers) ? [name] : [],
  );
}

function neededSelectors(expr: Expr): Selector[] {
  const found: Selector[] = [];
  eachExpr(expr, (part, within) => {
    if (part.type === 'selector' && isNeeded(part, within)) found.push(part);
  });
  return found;
}

/** Matchers without which a rule gives nothing, and that no series passes. */
function lackedBy(
  { expression: { expr } }: Pick<Rule, 'expression'>,
  { metrics, saved }: Known,
): (Unexported & { metric: string })[] {
  if (saved.size === 0 || !expr) return [];
  return neededSelectors(expr).flatMap((selector) =>
    unexported(selector, metrics).map((found) => ({ metric: selector.name ?? '', ...found })),
  );
}

function textOf(
  { expression }: Pick<Rule, 'expression'>,
  { from, to }: Unexported['matcher'],
): string {
  return expression.text.slice(from, to);
}

/** So many of what is there are named. */
const MOST_NAMED = 8;

function listOf(have: readonly string[]): string {
  const more = have.length - MOST_NAMED;
  return have.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
