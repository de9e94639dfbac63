import type { Aggregate, Binary, Expr, Selector } from './ast.ts';
import { SET_OPERATORS, children } from './ast.ts';
import { matchesEmpty } from './matchers.ts';
import { typeOf } from './type-of.ts';

/**
 * Whose series an expression's result hangs on: `none` of anybody's, `each` element on those of its
 * own job, all of it on those of `one` job that it names, or `several` on those of others too.
 */
type Reach = { of: 'none' | 'each' | 'several' } | { of: 'one'; job: string };

const NONE: Reach = { of: 'none' };
const EACH: Reach = { of: 'each' };
const SEVERAL: Reach = { of: 'several' };
const JOB = 'job';
/** Made by Prometheus's rules, as recorded series are: of whose series isn't known. */
const MADE = /^ALERTS(_FOR_STATE)?$/;

/**
 * Whether each job's part of an expression's result is the same wherever that job is scraped,
 * whatever else is scraped there or isn't: `up == 0` and `sum by (job) (x)` are, `sum(up) < 3`
 * isn't. What isn't understood isn't either.
 * @param recorded names of series that recording rules make: of whose isn't known
 */
export function isJobByJob(expr: Expr, recorded: ReadonlySet<string>): boolean {
  return reachIn(expr, recorded).of !== 'several';
}

function reachIn(expr: Expr, recorded: ReadonlySet<string>): Reach {
  const reachOf = (part: Expr): Reach => reachIn(part, recorded);
  switch (expr.type) {
    case 'number':
    case 'string':
      return NONE;
    case 'selector':
      return ofSelector(expr, recorded);
    case 'aggregate':
      return ofAggregate(expr, reachOf);
    case 'binary':
      return ofBinary(expr, reachOf);
    case 'unknown':
      return SEVERAL;
    case 'call':
      return ofCall(expr.name, children(expr).map(reachOf));
    case 'modified':
    case 'range':
    case 'unary':
      return children(expr).map(reachOf).reduce(together, NONE);
  }
}

function ofSelector({ name, matchers }: Selector, recorded: ReadonlySet<string>): Reach {
  if (name === undefined || MADE.test(name) || recorded.has(name)) return SEVERAL;
  const one = matchers.find(
    (matcher) => matcher.label === JOB && matcher.op === '=' && !matchesEmpty(matcher),
  );
  return one ? { of: 'one', job: one.value } : EACH;
}

function ofAggregate({ grouping, param, expr }: Aggregate, reachOf: (part: Expr) => Reach): Reach {
  const parameter = param ? reachOf(param) : NONE;
  return together(parameter, whereJobIsKept(reachOf(expr), keepsJob(grouping, 'by')));
}

function ofBinary(
  { op, left, right, matching, fill }: Binary,
  reachOf: (part: Expr) => Reach,
): Reach {
  const both = together(reachOf(left), reachOf(right));
  const isOfVectors =
    SET_OPERATORS.has(op) || [left, right].every((side) => typeOf(side) !== 'scalar');
  if (!isOfVectors) return both;
  return whereJobIsKept(both, !fill && (matching === undefined || keepsJob(matching, 'on')));
}

/** Of functions that make something of nothing, or lose their labels, each job's part is lost. */
function ofCall(name: string, args: Reach[]): Reach {
  const all = args.reduce(together, NONE);
  const isKept = !['absent', 'absent_over_time', 'scalar', 'info'].includes(name);
  return whereJobIsKept(all, isKept);
}

function keepsJob(
  clause: { kind: string; labels: { name: string }[] } | undefined,
  naming: 'by' | 'on',
): boolean {
  if (!clause) return false;
  const isNamed = clause.labels.some(({ name }) => name === JOB);
  return clause.kind === naming ? isNamed : !isNamed;
}

function whereJobIsKept(reach: Reach, isKept: boolean): Reach {
  return reach.of === 'each' && !isKept ? SEVERAL : reach;
}

/** What hangs on two things. One job's beside each job's own may meet another's. */
function together(a: Reach, b: Reach): Reach {
  if (a.of === 'none') return b;
  if (b.of === 'none') return a;
  if (a.of === 'one' && b.of === 'one') return a.job === b.job ? a : SEVERAL;
  return a.of === b.of ? a : SEVERAL;
}
