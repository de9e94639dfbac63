import { nearest } from '../../../lib/nearest.ts';
import { selectors } from '../../../promql/ast.ts';
import type { Matcher, Selector } from '../../../promql/ast.ts';
import { matchesEmpty, passes } from '../../../promql/matchers.ts';
import type { Expression } from '../../../stack/expression.ts';
import type { Stack } from '../../../stack/index.ts';
import type { Rule } from '../../rule.ts';
import { isScraped, scrapedJobs } from '../../common/scraped-jobs.ts';

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
