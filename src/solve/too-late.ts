import { formatDuration } from '../lib/duration.ts';
import { COMPARISONS } from '../promql/ast.ts';
import type { Binary, Expr, Selector } from '../promql/ast.ts';
import { printSelector } from '../promql/print.ts';
import { isReport } from '../promql/reports.ts';
import { passesDemand } from './alongside.ts';
import type { Proof } from './impossible.ts';
import type { SolveRule } from './rules.ts';

type Matching = NonNullable<Binary['matching']>;

/** What must hold of a selector some time ago. */
interface Demand {
  selector: Selector;
  agoMs: number;
  holds: { kind: 'present' } | { kind: 'absent' } | { kind: 'value'; op: string; limit: number };
}

/**
 * An alert that asks for one thing now and for its contrary some time ago, for as long as that:
 * at the end of `for`, what was asked for at its beginning lies exactly there and says otherwise.
 */
export function provedTooLate(rule: SolveRule, expr: Expr): Proof | undefined {
  const { forMs, evaluationMs } = rule;
  const demands = demandsOf(expr);
  for (const now of demands)
    for (const then of demands) {
      const apartMs = then.agoMs - now.agoMs;
      // Between two evaluations nobody has asked.
      if (apartMs <= 0 || forMs < apartMs || apartMs % evaluationMs !== 0) continue;
      if (!contrary(now, then)) continue;
      if (printSelector(now.selector) !== printSelector(then.selector)) continue;
      return {
        reason:
          `it asks for the contrary of the same series ${formatDuration(apartMs)} earlier, ` +
          `and waits for ${formatDuration(forMs)}: it never holds for that long`,
        part: expr,
      };
    }
  return undefined;
}

/** What an expression asks of plain selectors, all of it at once. */
function demandsOf(expr: Expr): Demand[] {
  const plain = selectorOf(expr);
  if (plain) return [{ ...plain, holds: { kind: 'present' } }];
  if (expr.type === 'call' && expr.name === 'absent') {
    const inner = expr.args[0] && selectorOf(expr.args[0]);
    return inner ? [{ ...inner, holds: { kind: 'absent' } }] : [];
  }
  if (expr.type !== 'binary') return [];
  const { matching } = expr;
  if (matching && expr.op !== 'and') return [];
  if (expr.op === 'and') {
    const right = demandsOf(expr.right);
    const same = matching ? right.filter(({ selector }) => isTold(selector, matching)) : right;
    return [...demandsOf(expr.left), ...same];
  }
  if (expr.op === 'unless') {
    const right = selectorOf(expr.right);
    const gone: Demand[] = right ? [{ ...right, holds: { kind: 'absent' } }] : [];
    return [...demandsOf(expr.left), ...gone];
  }
  return compared(expr);
}

/**
 * Whether matching leads back to the same series: what Prometheus writes of each scrape a target
 * has once, and of anything else it may have many.
 */
function isTold({ name, matchers }: Selector, matching: Matching): boolean {
  const compared = (label: string): boolean => matching.labels.some((l) => l.name === label);
  const ofOneJob = matchers.some(({ label, op }) => label === 'job' && op === '=');
  return (
    name !== undefined &&
    isReport(name) &&
    matching.kind === 'on' &&
    compared('instance') &&
    (compared('job') || ofOneJob)
  );
}

function compared({ op, left, right, bool }: Binary): Demand[] {
  const plain = selectorOf(left);
  if (!plain || right.type !== 'number' || !COMPARISONS.has(op) || bool) return [];
  return [{ ...plain, holds: { kind: 'value', op, limit: right.value } }];
}

function selectorOf(expr: Expr): { selector: Selector; agoMs: number } | undefined {
  if (expr.type === 'selector') return { selector: expr, agoMs: 0 };
  if (expr.type !== 'modified' || expr.modifier.kind !== 'offset') return undefined;
  const inner = selectorOf(expr.expr);
  const { ms } = expr.modifier;
  return inner && ms !== undefined ? { ...inner, agoMs: inner.agoMs + ms } : undefined;
}

/** Whether no sample can be what both ask for. */
function contrary({ holds: a }: Demand, { holds: b }: Demand): boolean {
  if (a.kind === 'absent' || b.kind === 'absent') return a.kind !== b.kind;
  if (a.kind === 'present' || b.kind === 'present') return false;
  const candidates = [a.limit, b.limit].flatMap((n) => [n - 0.5, n, n + 0.5]);
  candidates.push((a.limit + b.limit) / 2, -1e300, 1e300);
  return !candidates.some((v) => passesDemand(v, a) && passesDemand(v, b));
}
