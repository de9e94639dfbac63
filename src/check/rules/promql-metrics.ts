import { nearest } from '../../lib/nearest.ts';
import { eachExpr, selectors } from '../../promql/ast.ts';
import type { Matcher, Selector } from '../../promql/ast.ts';
import { surelyLacks } from '../../promql/label-set.ts';
import { labelsOf } from '../../promql/labels.ts';
import { matchesEmpty, passes } from '../../promql/matchers.ts';
import { isScraped, scrapedJobs } from '../scraped-jobs.ts';
import type { Rule, Say } from '../rule.ts';
import type { Dashboard } from '../../stack/dashboards/index.ts';
import type { Expression } from '../../stack/expression.ts';
import type { Stack } from '../../stack/index.ts';
import { unexported } from '../../stack/unexported.ts';

export const unknownMetric: Rule = {
  id: 'promql/unknown-metric',
  level: 'error',
  title: 'A metric that no job exports',
  why: 'The expression never gives a value: the alert never fires, the panel stays empty, and nobody is told.',
  mend: 'Correct the name, or let a job export it and add it to the metrics of contract.yaml.',
  check: ({ expressions, metrics }, say) => {
    for (const expression of expressions)
      for (const { name, matchers, from, to } of expression.expr
        ? selectors(expression.expr)
        : []) {
        if (name === undefined || !metrics.isMissing(name, matchers)) continue;
        const close = nearest(name, metrics.names());
        say(
          expression.at({ from, to: Math.min(to, from + name.length) }),
          metrics.has(name)
            ? `no job that is asked for exports \`${name}\``
            : `no job exports \`${name}\`${close === undefined ? '' : `; is \`${close}\` meant?`}`,
          { subject: expression.subject },
        );
      }
  },
};

export const unknownLabel: Rule = {
  id: 'promql/unknown-label',
  level: 'error',
  title: 'A label that the metric never has',
  why: 'A matcher on it selects nothing (or excludes nothing), and a `by` on it makes one group of all.',
  mend: 'Use a label that the metric has.',
  check: ({ expressions, dashboards, metrics }, say) => {
    lackedByVariables(dashboards, metrics, say);
    for (const expression of expressions) {
      const { expr, subject } = expression;
      if (expr)
        eachExpr(expr, (part) => {
          if (part.type === 'selector') {
            const known =
              part.name === undefined ? undefined : metrics.labels(part.name, part.matchers);
            for (const matcher of part.matchers) {
              if (
                !known ||
                !surelyLacks(known, matcher.label) ||
                (matcher.op === '=' && matcher.value === '') ||
                matcher.value === '.*'
              )
                continue;
              say(
                expression.at(matcher),
                `\`${part.name ?? ''}\` has no label \`${matcher.label}\`: this matcher ` +
                  `${matchesEmpty(matcher) ? 'excludes nothing' : 'selects nothing'}`,
                { subject, mend: meant(matcher.label, known.may) },
              );
            }
          }
          if (part.type === 'aggregate' && part.grouping?.kind === 'by') {
            const inner = labelsOf(part.expr, metrics.labels);
            // What an inner aggregation has dropped is told by `by` itself only when the metric is
            // known.
            for (const label of part.grouping.labels)
              if (surelyLacks(inner, label.name) && inner.may)
                say(
                  expression.at(label),
                  `\`by (${label.name})\` groups by a label that isn't there`,
                  { subject, mend: meant(label.name, inner.may) },
                );
          }
        });
    }
  },
};

/** Variables that offer the values of a label which their series don't have. */
function lackedByVariables(dashboards: Dashboard[], metrics: Stack['metrics'], say: Say): void {
  for (const { expression, label, query } of dashboards.flatMap(({ lookups }) => lookups)) {
    if (!label || !expression.expr) continue;
    const labels = labelsOf(expression.expr, metrics.labels);
    if (surelyLacks(labels, label.name))
      say(
        query.within(label.from, label.from + label.name.length),
        `\`${expression.text}\` has no label \`${label.name}\`: nothing is offered`,
        { subject: expression.subject, mend: meant(label.name, labels.may) },
      );
  }
}

export const unknownValue: Rule = {
  id: 'promql/unknown-value',
  level: 'error',
  title: 'A value that the label never has',
  why: 'The selector never selects anything, so the expression never gives a value.',
  mend: 'Use a value that occurs.',
  check: (stack, say) => {
    eachMatcher(stack, (expression, selector, matcher) => {
      const values = valuesOf(stack, selector, matcher.label);
      if (
        !values ||
        values.length === 0 ||
        matchesEmpty(matcher) ||
        matcher.op === '!=' ||
        matcher.op === '!~'
      )
        return;
      if (values.some((value) => passes(matcher, value) ?? true)) return;
      say(
        expression.at(matcher),
        `\`${selector.name ?? ''}\` never has ${matcher.label} ` +
          `${matcher.op === '=~' ? 'like ' : ''}\`${matcher.value}\``,
        {
          subject: expression.subject,
          mend: `Use a value that occurs: ${occurring(matcher.value, values)}.`,
        },
      );
    });
  },
};

/** The value that was probably meant, and some of all that there are. */
function occurring(meant: string, values: string[]): string {
  const close = nearest(meant, values);
  if (close !== undefined && values.length === 1) return `\`${close}\``;
  const some = `one of ${values.slice(0, 10).join(', ')}${values.length > 10 ? ', …' : ''}`;
  return close === undefined ? some : `\`${close}\`, or ${some}`;
}

export const unseenValue: Rule = {
  id: 'promql/unseen-value',
  level: 'advice',
  title: 'A value that was not there when /metrics was saved',
  why: 'It may come later; it may as well be a slip, and then the expression never gives a value.',
  mend: 'Compare it with the values in the saved text.',
  check: (stack, say) => {
    for (const expression of stack.expressions)
      for (const selector of expression.expr ? selectors(expression.expr) : [])
        for (const { matcher, kind, have } of unexported(selector, stack.metrics)) {
          const { label, op, value } = matcher;
          const none = `no saved series of \`${selector.name ?? ''}\` has`;
          const { subject } = expression;
          if (kind === 'unseen-value')
            say(
              expression.at(matcher),
              `${none} ${label} ${op === '=~' ? 'like ' : ''}\`${value}\``,
              { subject, mend: `Seen were: ${have.slice(0, 10).join(', ')}.` },
            );
          if (kind === 'unseen-label')
            say(expression.at(matcher), `${none} the label \`${label}\``, {
              subject,
              mend: meant(label, new Set(have)),
            });
        }
  },
};

export const contradiction: Rule = {
  id: 'promql/contradicting-matchers',
  level: 'error',
  title: 'Matchers that exclude each other',
  why: 'No series can pass both, so the selector never selects anything.',
  mend: 'Remove one of them, or join the values: `{status=~"500|502"}`.',
  check: ({ expressions }, say) => {
    for (const expression of expressions)
      for (const selector of expression.expr ? selectors(expression.expr) : [])
        for (const matcher of selector.matchers) {
          if (matcher.op !== '=') continue;
          const other = selector.matchers.find(
            (m) =>
              m !== matcher &&
              m.label === matcher.label &&
              passes(m, matcher.value) === false &&
              (m.op !== '=' || m.from > matcher.from),
          );
          if (other)
            say(
              expression.at(other),
              `\`${expression.text.slice(other.from, other.to)}\` excludes what ` +
                `\`${expression.text.slice(matcher.from, matcher.to)}\` selects`,
              { subject: expression.subject },
            );
        }
  },
};

function eachMatcher(
  { expressions }: Stack,
  visit: (expression: Expression, selector: Selector, matcher: Matcher) => void,
): void {
  for (const expression of expressions)
    for (const selector of expression.expr ? selectors(expression.expr) : [])
      for (const matcher of selector.matchers) visit(expression, selector, matcher);
}

/** All values that a label can have; undefined when others may come. */
function valuesOf(stack: Stack, { name, matchers }: Selector, label: string): string[] | undefined {
  const { metrics, prometheus: all } = stack;
  if (name === undefined) return undefined;
  const listed = metrics.valuesOf(name, label, matchers);
  if (listed) return listed;
  const scraped = all.flatMap((one) => one.jobs);
  const jobs = metrics.jobsOf(name) ?? (name === 'up' ? scraped.map((j) => j.name) : undefined);
  // Which of them a saved text is of is told as a metric that isn't exported.
  const isOfAny = !metrics.has(name) || metrics.saved(name) !== undefined;
  if (label === 'job' && isOfAny && isScraped(name)) return scrapedJobs(stack);
  // `ALERTS` of a stack and series from elsewhere may carry any job.
  if (
    !jobs ||
    all.length === 0 ||
    jobs.some((job) => scraped.find((j) => j.name === job)?.targets === undefined)
  )
    return undefined;
  if (label === 'job') return jobs;
  return label === 'instance'
    ? scraped.filter((j) => jobs.includes(j.name)).flatMap((j) => j.targets ?? [])
    : undefined;
}

function meant(label: string, may: ReadonlySet<string> | undefined): string {
  const known = [...(may ?? [])];
  const close = nearest(label, known);
  return known.length === 0
    ? 'No label is left at this point: aggregate later, or keep the label below.'
    : `Use a label that is there: ${close === undefined ? '' : `\`${close}\`, or `}one of ${known.join(', ')}.`;
}
