import { formatDuration } from '../lib/duration.ts';
import { COMPARISONS } from '../promql/ast.ts';
import type { Binary, Expr, Selector } from '../promql/ast.ts';
import { printSelector } from '../promql/print.ts';
import { passesDemand } from './alongside.ts';
import type { Proof } from './impossible.ts';
import type { SolveRule } from './rules.ts';
import { labelsInTemplates } from './template-labels.ts';

const TARGET = new Set(['job', 'instance']);

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
  const { forMs } = rule;
  const demands = demandsOf(expr, namesTargetsAlone(rule));
  for (const now of demands)
    for (const then of demands) {
      const apartMs = then.agoMs - now.agoMs;
      if (apartMs <= 0 || forMs < apartMs || !contrary(now, then)) continue;
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

/** Whether an alert's texts tell its series apart by what Prometheus calls a target, at most. */
function namesTargetsAlone(rule: SolveRule): boolean {
  return labelsInTemplates(rule).every((label) => TARGET.has(label));
}

/**
 * What an expression asks of plain selectors, all of it at once.
 * @param oneEach whether a target has one series of each metric, so that `on (instance)` leads back
 * to the same one
 */
function demandsOf(expr: Expr, oneEach: boolean): Demand[] {
  const plain = selectorOf(expr);
  if (plain) return [{ ...plain, holds: { kind: 'present' } }];
  if (expr.type === 'call' && expr.name === 'absent') {
    const inner = expr.args[0] && selectorOf(expr.args[0]);
    return inner ? [{ ...inner, holds: { kind: 'absent' } }] : [];
  }
  if (expr.type !== 'binary') return [];
  const { matching } = expr;
  const back =
    oneEach && matching?.kind === 'on' && matching.labels.some((l) => l.name === 'instance');
  if (matching && !(back && expr.op === 'and')) return [];
  const of = (e: Expr): Demand[] => demandsOf(e, oneEach);
  if (expr.op === 'and') return [...of(expr.left), ...of(expr.right)];
  if (expr.op === 'unless') {
    const right = selectorOf(expr.right);
    const gone: Demand[] = right ? [{ ...right, holds: { kind: 'absent' } }] : [];
    return [...of(expr.left), ...gone];
  }
  return compared(expr);
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
