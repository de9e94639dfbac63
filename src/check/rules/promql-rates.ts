import { formatDuration } from '../../lib/duration.ts';
import { COMPARISONS, eachExpr } from '../../promql/ast.ts';
import type { Call, Expr, Range } from '../../promql/ast.ts';
import {
  COUNTER_FUNCTIONS,
  GAUGE_FUNCTIONS,
  TWO_SAMPLES,
  VALUE_FREE,
} from '../../promql/functions.ts';
import type { Rule, Say } from '../rule.ts';
import type { Expression } from '../../stack/expression.ts';
import type { Stack } from '../../stack/index.ts';

export const rateOfGauge: Rule = {
  id: 'promql/rate-of-gauge',
  level: 'error',
  title: 'A rate of a gauge',
  why:
    '`rate`, `irate` and `increase` take each fall for a counter that began anew, so a gauge ' +
    'that goes up and down seems to grow for ever.',
  mend: 'Use `deriv` or `delta` for a gauge, or the counter that belongs to it.',
  check: (stack, say) => sayCallsOf('gauge', COUNTER_FUNCTIONS, stack, say),
};

export const deltaOfCounter: Rule = {
  id: 'promql/delta-of-counter',
  level: 'warning',
  title: 'A difference of a counter',
  why:
    '`delta`, `deriv` and `predict_linear` know nothing of resets: after a restart they give ' +
    'a large negative value.',
  mend: 'Use `increase` or `rate` for a counter.',
  check: (stack, say) => sayCallsOf('counter', GAUGE_FUNCTIONS, stack, say),
};

export const rateOfSum: Rule = {
  id: 'promql/rate-of-sum',
  level: 'error',
  title: 'A rate of a sum',
  why:
    'When one of the counters in the sum begins anew, the whole sum falls, and the rate ' +
    'shows a huge jump that never was.',
  mend: 'Take the rate first, then the sum: `sum by (job) (rate(x[5m]))`.',
  check: ({ expressions }, say) => {
    eachCall(expressions, COUNTER_FUNCTIONS, (expression, call, range) => {
      if (
        range.subquery &&
        range.expr.type === 'aggregate' &&
        range.expr.op === 'sum' &&
        isCounterLike(range.expr.expr)
      )
        say(expression.at(call), `\`${call.name}\` is taken of a sum of counters`, {
          subject: expression.subject,
        });
    });
  },
};

export const rangeUnderTwo: Rule = {
  id: 'promql/range-under-two-scrapes',
  level: 'error',
  title: 'A range that does not hold two samples',
  why:
    'Two samples are needed for a difference; with fewer there is no value, so the alert ' +
    'never fires and the panel has gaps or nothing.',
  mend: 'Make the range at least four scrape intervals long.',
  check: (stack, say) => sayRangesOf([0, 2], stack, say),
};

export const rangeUnderFour: Rule = {
  id: 'promql/range-under-four-scrapes',
  level: 'advice',
  title: 'A range of fewer than four scrapes',
  why:
    'One scrape that fails or comes late leaves a single sample, and with it no value: the ' +
    'alert begins anew, the panel has a gap.',
  mend: 'Make the range at least four scrape intervals long.',
  check: (stack, say) => sayRangesOf([2, 4], stack, say),
};

export const counterWithoutRate: Rule = {
  id: 'promql/counter-without-rate',
  level: 'warning',
  title: 'A counter without a rate',
  why:
    'A counter only grows until its process restarts: a limit on it is passed by age alone, ' +
    'and a graph of it says nothing about now.',
  mend: 'Take `rate(x[5m])` or `increase(x[1h])` of it.',
  check: ({ expressions, metrics }, say) => {
    for (const expression of expressions) {
      const { expr, subject } = expression;
      if (!expr) continue;
      eachExpr(expr, (part, within) => {
        if (
          part.type !== 'selector' ||
          part.name === undefined ||
          metrics.type(part.name) !== 'counter' ||
          !isRaw(part, within)
        )
          return;
        // A sum of sums, an average over all time: both may be meant. A limit, and a graph of one
        // counter, can't be.
        const compared = within.some((p) => p.type === 'binary' && COMPARISONS.has(p.op));
        const divided = within.some((p) => p.type === 'binary' && !COMPARISONS.has(p.op));
        if (compared && !divided && expression.use === 'alert')
          say(expression.at(part), `\`${part.name}\` is a counter and is compared as it is`, {
            subject,
          });
        else if (!divided && !compared && expression.use === 'panel' && isGraph(expression))
          say(expression.at(part), `\`${part.name}\` is a counter and is drawn as it is`, {
            subject,
          });
      });
    }
  },
};

/** Whether nothing on the way outwards turns the counter's value into something else. */
function isRaw(part: Expr, within: readonly Expr[]): boolean {
  let inner: Expr = part;
  for (const outer of within.toReversed()) {
    if (
      outer.type === 'call' &&
      (VALUE_FREE.has(outer.name) ||
        !/^(sum|avg|max|min|last|abs|ceil|floor|round|sort)/.test(outer.name))
    )
      return false;
    if (outer.type === 'aggregate' && ['count', 'group', 'count_values'].includes(outer.op))
      return false;
    // The right side of `and` and `unless` decides by being there.
    if (
      outer.type === 'binary' &&
      (outer.op === 'and' || outer.op === 'unless') &&
      outer.right === inner
    )
      return false;
    // `x == x offset 5m` and `x > 0 as a condition` compare with itself or with "ever".
    if (
      outer.type === 'binary' &&
      COMPARISONS.has(outer.op) &&
      !(outer.left.type === 'number'
        ? outer.left.value > 0
        : outer.right.type === 'number' && outer.right.value > 0)
    )
      return false;
    inner = outer;
  }
  return true;
}

/** A panel that draws a line over time; a single figure of all that ever was may be meant. */
function isGraph(expression: Expression): boolean {
  return expression.panelType === 'timeseries' || expression.panelType === 'graph';
}

function isCounterLike(expr: Expr): boolean {
  return expr.type === 'selector' && /_(total|count|sum|bucket)$/.test(expr.name ?? '');
}

function eachCall(
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
 * How often the metric is scraped, at its most frequent; undefined without prometheus.yml, and for
 * subqueries.
 */
function scrapeIntervalMs({ metrics, prometheus }: Stack, range: Range): number | undefined {
  const selector = bare(range.expr);
  if (range.subquery || selector.type !== 'selector' || selector.name?.includes(':'))
    return undefined;
  const jobs = selector.name === undefined ? undefined : metrics.jobsOf(selector.name);
  const scraped = prometheus
    .flatMap((one) => one.jobs)
    .filter((job) => jobs === undefined || jobs.includes(job.name));
  return scraped.length === 0 ? undefined : Math.min(...scraped.map((job) => job.intervalMs));
}

/** Tells of each call of such functions whose metric is of a type that they aren't meant for. */
function sayCallsOf(
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
function sayRangesOf([from, below]: [number, number], stack: Stack, say: Say): void {
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
