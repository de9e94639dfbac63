import { formatDuration } from '../../../lib/duration.ts';
import { eachExpr } from '../../../promql/ast.ts';
import type { Expr } from '../../../promql/ast.ts';
import { COUNTER_FUNCTIONS } from '../../../promql/functions.ts';
import { print } from '../../../promql/print.ts';
import type { Rule } from '../../rule.ts';

/** A window of this length is meant as one: "in the last hour". */
const MEANT_MS = 30 * 60_000;

const OVER_TIME = new Set(['timeseries', 'graph', 'heatmap', 'trend', 'state-timeline']);

export const fixedRange: Rule = {
  id: 'dashboard/fixed-range',
  level: 'warning',
  title: 'A fixed range where `$__rate_interval` is right',
  why:
    'Zoomed out, each point looks at a few minutes and leaves out the rest: peaks come and ' +
    'go with the zoom. Zoomed in, it may hold too few samples.',
  mend: 'Write `[$__rate_interval]`: it grows with the step and always holds four scrapes.',
  check: ({ dashboards, rules }, say) => {
    // What an alert takes over the same range is drawn as the alert sees it.
    const judged = new Set(
      rules
        .filter((rule) => rule.kind === 'alert')
        .flatMap((rule) => callsIn(rule.expression.expr)),
    );
    for (const { type, title, targets } of dashboards.flatMap(({ panels }) => panels))
      if (OVER_TIME.has(type))
        for (const { expression, instant } of targets)
          if (expression?.expr && !instant)
            eachExpr(expression.expr, (part, within) => {
              const call = within.at(-1);
              if (
                part.type !== 'range' ||
                part.subquery ||
                part.rangeMs === undefined ||
                part.rangeMs >= MEANT_MS ||
                call?.type !== 'call' ||
                // What `increase` counts is meant to be of that time.
                call.name === 'increase' ||
                !COUNTER_FUNCTIONS.has(call.name) ||
                judged.has(print(call))
              )
                return;
              const place = expression.at(part.rangeAt);
              say(place, `\`${call.name}\` over a fixed ${formatDuration(part.rangeMs)}`, {
                subject: `panel "${title}"`,
                // It looks at two samples, however long the range.
                ...(call.name === 'irate' ? { level: 'advice' } : {}),
                fix: {
                  title: '[$__rate_interval]',
                  edits: [{ from: place.from, to: place.to, text: '$__rate_interval' }],
                },
              });
            });
  },
};

/** Each rate of an expression, in one normal form. */
function callsIn(expr: Expr | undefined): string[] {
  const found: string[] = [];
  if (expr)
    eachExpr(expr, (part) => {
      if (part.type === 'call' && COUNTER_FUNCTIONS.has(part.name)) found.push(print(part));
    });
  return found;
}
