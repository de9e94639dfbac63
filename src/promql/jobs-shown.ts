import { COMPARISONS, SET_OPERATORS, eachExpr, selectors } from './ast.ts';
import type { Expr, Selector } from './ast.ts';
import { labelsOf } from './labels.ts';

/** What leaves out series by their values, or makes them of others. */
const CHOOSING = new Set(['topk', 'bottomk', 'limitk', 'limit_ratio', 'count_values']);
const REMAKING = new Set([
  'absent',
  'absent_over_time',
  'scalar',
  'vector',
  'label_replace',
  'label_join',
]);

/**
 * Of which jobs an expression surely shows something: each of its selectors finds series of the
 * job, it keeps the job's name, and nothing in it leaves series out by their values.
 * @param jobsOf the jobs of the series that a selector finds
 */
export function jobsShown(
  expr: Expr,
  jobsOf: (selector: Selector) => ReadonlySet<string>,
): string[] {
  const withJob = { has: new Set(['job']), may: undefined, lacks: new Set<string>() };
  if (!labelsOf(expr, () => withJob).has.has('job') || leavesOut(expr)) return [];
  const [first, ...others] = selectors(expr).map(jobsOf);
  return [...(first ?? [])].filter((job) => others.every((jobs) => jobs.has(job))).sort();
}

function leavesOut(expr: Expr): boolean {
  let found = false;
  eachExpr(expr, (part) => {
    found ||=
      (part.type === 'binary' &&
        (SET_OPERATORS.has(part.op) || (COMPARISONS.has(part.op) && !part.bool))) ||
      (part.type === 'aggregate' && CHOOSING.has(part.op)) ||
      (part.type === 'call' && REMAKING.has(part.name)) ||
      part.type === 'modified' ||
      part.type === 'unknown';
  });
  return found;
}
