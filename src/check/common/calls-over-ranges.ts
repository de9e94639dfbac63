import { formatDuration } from '../../lib/duration.ts';
import { eachExpr } from '../../promql/ast.ts';
import type { Call, Expr, Range } from '../../promql/ast.ts';
import { TWO_SAMPLES } from '../../promql/functions.ts';
import { passes } from '../../promql/matchers.ts';
import type { Expression } from '../../stack/expression.ts';
import type { Stack } from '../../stack/index.ts';
import { receivesSeries } from '../../stack/prometheus-flags.ts';
import type { Say } from '../rule.ts';

/** Visits each call of these functions that is given a range, with the range. */
export function eachCall(
  expressions: Expression[],
  names: ReadonlySet<string>,
  visit: (expression: Expression, call: Call, range: Range) => void,
): void {
  for (const expression of expressions)
    if (expression.expr)
      eachExpr(expression.expr, (part) => {
        const arg =
          part.type === 'call' && names.has(part.name)
            ? part.args.find((a) => bare(a).type === 'range')
            : undefined;
        const range = arg && bare(arg);
        if (part.type === 'call' && range?.type === 'range') visit(expression, part, range);
      });
}

/** Without `offset` and `@`. */
function bare(expr: Expr): Expr {
  return expr.type === 'modified' ? bare(expr.expr) : expr;
}

/**
 * How often the metric is scraped, at its most frequent; undefined without prometheus.yml, for
 * subqueries, and where it may come from elsewhere: who writes it, or is federated, has an interval
 * of its own.
 */
function scrapeIntervalMs(stack: Stack, range: Range): number | undefined {
  const { metrics, prometheus } = stack;
  const selector = bare(range.expr);
  if (range.subquery || selector.type !== 'selector' || selector.name?.includes(':'))
    return undefined;
  if (receivesSeries(stack)) return undefined;
  const ofJob = selector.matchers.filter(({ label }) => label === 'job');
  const jobs = selector.name === undefined ? undefined : metrics.jobsOf(selector.name);
  const scraped = prometheus
    .flatMap((one) => one.jobs)
    .filter((job) => jobs === undefined || jobs.includes(job.name))
    .filter(
      ({ jobLabel }) =>
        jobLabel === undefined || ofJob.every((one) => passes(one, jobLabel) !== false),
    );
  return scraped.length === 0 ? undefined : Math.min(...scraped.map((job) => job.intervalMs));
}

/** Tells of each call of such functions whose metric is of a type that they aren't meant for. */
export function sayCallsOf(
  type: 'counter' | 'gauge',
  functions: ReadonlySet<string>,
  { expressions, metrics }: Stack,
  say: Say,
): void {
  eachCall(expressions, functions, (expression, call, range) => {
    const name = range.expr.type === 'selector' ? range.expr.name : undefined;
    if (name !== undefined && metrics.type(name) === type)
      say(expression.at(call), `\`${call.name}\` of \`${name}\`, which is a ${type}`, {
        subject: expression.subject,
      });
  });
}

/**
 * Tells of each range that a difference is taken over and that holds so many scrape intervals: from
 * the first number on, and fewer than the second.
 */
export function sayRangesOf([from, below]: [number, number], stack: Stack, say: Say): void {
  eachCall(stack.expressions, TWO_SAMPLES, (expression, call, range) => {
    const intervalMs = scrapeIntervalMs(stack, range);
    if (intervalMs === undefined || range.rangeMs === undefined) return;
    if (range.rangeMs < from * intervalMs || range.rangeMs >= below * intervalMs) return;
    say(
      expression.at(range.rangeAt),
      `\`${call.name}\` over ${formatDuration(range.rangeMs)} of what is scraped every ` +
        `${formatDuration(intervalMs)}`,
      {
        subject: expression.subject,
        mend: `Make the range at least ${formatDuration(4 * intervalMs)}.`,
      },
    );
  });
}
