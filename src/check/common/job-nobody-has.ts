import { eachExpr, selectors } from '../../promql/ast.ts';
import { passes } from '../../promql/matchers.ts';
import type { PlacedMatcher } from '../../stack/alertmanager.ts';
import type { Expression } from '../../stack/expression.ts';
import type { Stack } from '../../stack/index.ts';
import { isScraped, scrapedJobs } from './scraped-jobs.ts';

/** They give a label another value. */
const RENAMING = new Set(['label_replace', 'label_join']);

/**
 * Says of a matcher whether it wants a job that nobody scrapes, and that no rule gives an alert.
 * @returns undefined where alerts may have any job
 */
export function jobNobodyHas(stack: Stack): ((matcher: PlacedMatcher) => boolean) | undefined {
  const scraped = scrapedJobs(stack);
  const alerts = stack.rules.filter(({ kind }) => kind === 'alert');
  const own = alerts.flatMap(({ labels }) => labels.get('job')?.text ?? []);
  if (
    !scraped ||
    own.some((text) => text.includes('{{')) ||
    stack.prometheus.some((one) => one.relabelsAlerts || one.externalLabels.has('job')) ||
    !alerts.every(({ expression }) => keepsJobs(expression))
  )
    return undefined;
  const jobs = ['', ...scraped, ...own];
  return (matcher) =>
    matcher.label === 'job' && jobs.every((job) => passes(matcher, job) === false);
}

/** Whether what an expression gives has the job of a target, or none. */
function keepsJobs({ expr }: Expression): boolean {
  if (!expr || !selectors(expr).every(({ name }) => isScraped(name))) return false;
  let renames = false;
  eachExpr(expr, (part) => {
    renames ||= part.type === 'unknown' || (part.type === 'call' && RENAMING.has(part.name));
  });
  return !renames;
}
