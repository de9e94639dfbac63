import { children, eachExpr } from '../../promql/ast.ts';
import type { Aggregate, Binary, Expr, Selector } from '../../promql/ast.ts';
import { SELECTING, WITHOUT_LABELS } from '../../promql/functions.ts';
import { typeOf } from '../../promql/type-of.ts';
import type { Rule } from '../../stack/rules.ts';

/** Calls whose result has labels of matchers alone. */
const OF_MATCHERS: ReadonlySet<string> = new Set(['absent', 'absent_over_time']);

/** Whose values of a label are held against each other. */
export interface Meetings {
  /** Selectors that meet, as often as they do. */
  met: Selector[][];
  /** Those whose label the expression's own result has. */
  through: Selector[];
}

/**
 * Whether labels are told in words: what `label_replace` and the like do with their values isn't
 * followed, nor what isn't understood.
 */
export function isWorded({ expression: { expr } }: Rule): boolean {
  let found = expr === undefined;
  if (expr)
    eachExpr(expr, (part) => {
      found ||= part.type === 'string' || part.type === 'unknown';
      found ||= part.type === 'call' && part.name === 'info';
    });
  return found;
}

/**
 * Which selectors of an expression meet by a label, and which come through with it: those of raw
 * series, behind recording rules too.
 * @param records recording rules by the name that they record
 * @param behind those of them that this is behind
 */
export function meetings(
  expr: Expr,
  label: string,
  records: ReadonlyMap<string, Rule[]>,
  behind: readonly Rule[] = [],
): Meetings {
  const recorders = expr.type === 'selector' ? (records.get(expr.name ?? '') ?? []) : [];
  if (recorders.length > 0) {
    const others = recorders.filter((rule) => !behind.includes(rule));
    const all = others.map((rule) => recordedMeetings(rule, label, records, [...behind, rule]));
    const through = all.flatMap((one) => one.through);
    return { met: [...all.flatMap((one) => one.met), through], through };
  }
  const parts = children(expr).map((part) => meetings(part, label, records, behind));
  const met = parts.flatMap((part) => part.met);
  const through = parts.flatMap((part) => part.through);
  switch (expr.type) {
    case 'selector':
      return { met, through: [expr] };
    case 'aggregate':
      return isKept(expr, label) ? { met: [...met, through], through } : { met, through: [] };
    case 'call':
      return { met, through: losesLabels(expr.name) ? [] : through };
    case 'binary': {
      const [left = [], right = []] = parts.map((part) => part.through);
      if (isCompared(expr, label)) return { met: [...met, through], through };
      return { met, through: comingThrough(expr, left, right) };
    }
    case 'range':
    case 'modified':
    case 'unary':
    case 'number':
    case 'string':
    case 'unknown':
      return { met, through };
  }
}

/** What is recorded has the labels that its rule writes, whatever it is made of. */
function recordedMeetings(
  { expression: { expr }, labels }: Rule,
  label: string,
  records: ReadonlyMap<string, Rule[]>,
  behind: readonly Rule[],
): Meetings {
  const { met, through } = expr ? meetings(expr, label, records, behind) : { met: [], through: [] };
  return { met, through: labels.has(label) ? [] : through };
}

function losesLabels(call: string): boolean {
  return WITHOUT_LABELS.has(call) || OF_MATCHERS.has(call);
}

/** Whether what is aggregated comes out with a label. */
function isKept({ op, grouping }: Aggregate, label: string): boolean {
  if (SELECTING.has(op)) return true;
  const isNamed = grouping?.labels.some(({ name }) => name === label) ?? false;
  return grouping?.kind === 'without' ? !isNamed : isNamed;
}

/** Whether two sides are matched by a label, or both come out with theirs. */
function isCompared(expr: Binary, label: string): boolean {
  const { op, left, right, matching, group, fill } = expr;
  if ([left, right].some((side) => typeOf(side) !== 'vector')) return true;
  if (op === 'or' || fill || group?.include.includes(label)) return true;
  const isNamed = matching?.labels.some(({ name }) => name === label) ?? false;
  return matching?.kind === 'on' ? isNamed : !isNamed;
}

/** Whose label the result has, where the sides aren't matched by it. */
function comingThrough({ op, group }: Binary, left: Selector[], right: Selector[]): Selector[] {
  if (op === 'and' || op === 'unless' || group?.side === 'left') return left;
  return group?.side === 'right' ? right : [];
}
