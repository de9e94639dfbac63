import { eachExpr } from '../../../promql/ast.ts';
import type { Expr } from '../../../promql/ast.ts';
import { scaleOf } from '../../../promql/scale.ts';
import type { Rule } from '../../rule.ts';

/** A unit in a metric's name (prometheus.io/docs/practices/naming, "Base units"). */
const UNIT =
  /_(seconds|milliseconds|bytes|ratio|percent|celsius|volts|amperes|watts|joules|meters)(_|$)/;

/** They show figures, which have a unit. */
const FIGURES = new Set([
  'timeseries',
  'stat',
  'gauge',
  'bargauge',
  'barchart',
  'piechart',
  'histogram',
  'heatmap',
  'trend',
  'xychart',
]);

export const noUnit: Rule = {
  id: 'dashboard/no-unit',
  level: 'advice',
  title: 'A panel without a unit',
  why: 'Nobody can tell 0.8 per cent from 80, or seconds from milliseconds.',
  mend: 'Set `fieldConfig.defaults.unit` (`percentunit`, `s`, `bytes`, `reqps`; `short` or `none` for a plain count).',
  check: ({ dashboards }, say) => {
    for (const { type, value, title, targets, fieldConfig } of dashboards.flatMap(
      ({ panels }) => panels,
    )) {
      if (!FIGURES.has(type) || value.get('libraryPanel').exists) continue;
      // A plain count needs none.
      if (!targets.some(({ expression }) => expression?.expr && hasUnit(expression.expr))) continue;
      const overridden = fieldConfig
        .get('overrides')
        .items()
        .some((o) =>
          o
            .get('properties')
            .items()
            .some((p) => p.get('id').text() === 'unit'),
        );
      if (!fieldConfig.at('defaults', 'unit').text() && !overridden)
        say(
          value.get('title').exists ? value.get('title').place : value.head,
          `\`${title}\` has no unit`,
          { subject: `panel "${title}"` },
        );
    }
  },
};

/** Whether the values are anything but a count of things. */
function hasUnit(expr: Expr): boolean {
  let named = false;
  eachExpr(expr, (part, within) => {
    const counted = within.some((p) => p.type === 'aggregate' && p.op === 'count');
    if (part.type === 'selector' && UNIT.test(part.name ?? '') && !counted) named = true;
  });
  return named || scaleOf(expr) !== undefined;
}
