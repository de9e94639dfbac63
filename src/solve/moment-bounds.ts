import { children, COMPARISONS } from '../promql/ast.ts';
import type { Binary, Call, Expr } from '../promql/ast.ts';
import { truth } from '../promql/bounds.ts';
import { constantOf } from '../promql/constant.ts';
import { LOOKBACK_MS } from '../promql/lookback.ts';
import { typeOf } from '../promql/type-of.ts';

/** Values that lie so many seconds around a multiple of the moment of evaluation. */
interface Moment {
  times: number;
  min: number;
  max: number;
}

const NOW: Moment = { times: 1, min: 0, max: 0 };
const LOOKBACK_SECONDS = LOOKBACK_MS / 1000;
/** What they give is one of the values that they are given. */
const KEEPING = new Set(['min', 'max', 'avg', 'scalar', 'vector', 'sort', 'label_replace']);

/**
 * Why a comparison of a sample's own moment is never true: a selector finds none that is older than
 * the lookback, and of anything else `timestamp` gives the moment of evaluation itself.
 */
export function neverAtThatMoment({ op, bool, left, right }: Binary): string | undefined {
  if (!COMPARISONS.has(op) || bool || !(calls(left, 'timestamp') || calls(right, 'timestamp')))
    return undefined;
  const apart = sum(momentOf(left), negated(momentOf(right)));
  if (apart?.times !== 0 || truth(apart, op, { min: 0, max: 0 }) !== 'never') return undefined;
  // Of no series, or several, `scalar` makes what is no number's equal.
  if (op === '!=' && (calls(left, 'scalar') || calls(right, 'scalar'))) return undefined;
  const { min, max } = apart;
  const words = min === max ? `always ${min} s` : `at least ${min} s and at most ${max} s`;
  return (
    `\`timestamp\` is the moment of evaluation itself, or of a plain selector's sample, of which none ` +
    `older than ${LOOKBACK_SECONDS} s is found: its left side minus its right side is ${words}, ` +
    `\`${op}\` is never true`
  );
}

/** Whether a call asks when a series was sampled, and not when something was computed. */
export function isSampledAt({ name, args }: Call): boolean {
  const isPlain = (e: Expr): boolean =>
    e.type === 'selector' || (e.type === 'modified' && isPlain(e.expr));
  return name === 'timestamp' && args[0] !== undefined && isPlain(args[0]);
}

function calls(expr: Expr, name: string): boolean {
  const isCalled = expr.type === 'call' && expr.name === name;
  return isCalled || children(expr).some((part) => calls(part, name));
}

function momentOf(expr: Expr): Moment | undefined {
  const constant = constantOf(expr);
  if (constant !== undefined) return { times: 0, min: constant, max: constant };
  switch (expr.type) {
    case 'unary':
      return expr.op === '-' ? negated(momentOf(expr.expr)) : momentOf(expr.expr);
    case 'aggregate':
      return KEEPING.has(expr.op) ? momentOf(expr.expr) : undefined;
    case 'call': {
      const [arg] = expr.args;
      if (expr.name === 'time') return NOW;
      if (expr.name === 'timestamp') return arg && sampleMoment(arg);
      return arg && KEEPING.has(expr.name) ? momentOf(arg) : undefined;
    }
    case 'binary':
      return ofBinary(expr);
    case 'modified':
    case 'range':
    case 'selector':
    case 'number':
    case 'string':
    case 'unknown':
      return undefined;
  }
}

/** When what `timestamp` is asked of was sampled. */
function sampleMoment(expr: Expr): Moment | undefined {
  if (expr.type === 'selector') return { times: 1, min: -LOOKBACK_SECONDS, max: 0 };
  if (expr.type !== 'modified') return NOW;
  const { modifier } = expr;
  if (modifier.kind !== 'offset' || modifier.ms === undefined || modifier.ms < 0) return undefined;
  const ago = { times: 0, min: -modifier.ms / 1000, max: -modifier.ms / 1000 };
  return sum(sampleMoment(expr.expr), ago);
}

function ofBinary({ op, bool, left, right }: Binary): Moment | undefined {
  // What a comparison keeps are the vector's values, on whichever side it stands.
  if (COMPARISONS.has(op) && !bool)
    return momentOf(typeOf(left) === 'scalar' && typeOf(right) === 'vector' ? right : left);
  if (op === 'and' || op === 'unless') return momentOf(left);
  if (op === '+') return sum(momentOf(left), momentOf(right));
  if (op === '-') return sum(momentOf(left), negated(momentOf(right)));
  const by = constantOf(right);
  if (by === undefined || by === 0 || (op !== '*' && op !== '/')) return undefined;
  return scaled(momentOf(left), op === '*' ? by : 1 / by);
}

function sum(a: Moment | undefined, b: Moment | undefined): Moment | undefined {
  return a && b && { times: a.times + b.times, min: a.min + b.min, max: a.max + b.max };
}

function negated(moment: Moment | undefined): Moment | undefined {
  return scaled(moment, -1);
}

function scaled(moment: Moment | undefined, by: number): Moment | undefined {
  if (!moment) return undefined;
  const ends = [moment.min * by, moment.max * by];
  return { times: moment.times * by, min: Math.min(...ends), max: Math.max(...ends) };
}
