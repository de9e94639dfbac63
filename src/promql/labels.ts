import { absentLabels } from './absent-labels.ts';
import type { Binary, Expr, Matcher, Selector } from './ast.ts';
import { SET_OPERATORS } from './ast.ts';
import { OF_MOMENTS, SELECTING, WITHOUT_LABELS } from './functions.ts';
import {
  ANY_LABELS,
  NO_LABELS,
  dropping,
  either,
  keeping,
  perhapsWith,
  surelyLacks,
} from './label-set.ts';
import type { LabelSet } from './label-set.ts';
import { isMade } from './made.ts';
import { matchesEmpty, matchesEmptyAlone } from './matchers.ts';
import { typeOf } from './type-of.ts';

/**
 * What is known of the labels of a metric's series; from the contract, a saved /metrics text, or a
 * recording rule. The matchers say whose series are meant, and nothing more: what they ask of a
 * label is added here.
 */
export type LabelsOfMetric = (name: string, matchers: readonly Matcher[]) => LabelSet | undefined;

/** The labels that Prometheus gives to what it scrapes (scrape/target.go). */
export const SCRAPED: readonly string[] = ['job', 'instance'];

/**
 * What is surely known of the labels of an expression's series (promql/engine.go: `aggregation`,
 * `resultMetric`). The metric's name is no label here.
 */
export function labelsOf(expr: Expr, metric: LabelsOfMetric): LabelSet {
  const of = (e: Expr): LabelSet => labelsOf(e, metric);
  switch (expr.type) {
    case 'number':
    case 'string':
      return NO_LABELS;
    case 'selector':
      return ofSelector(expr, metric);
    case 'range':
    case 'modified':
    case 'unary':
      return of(expr.expr);
    case 'aggregate': {
      const inner = of(expr.expr);
      if (SELECTING.has(expr.op)) return inner;
      const names = expr.grouping?.labels.map((l) => l.name) ?? [];
      const kept =
        expr.grouping?.kind === 'without' ? dropping(inner, names) : keeping(inner, names);
      return expr.op === 'count_values' && expr.param?.type === 'string'
        ? perhapsWith(kept, [expr.param.value])
        : kept;
    }
    case 'call':
      return ofCall(expr.name, expr.args, of);
    case 'binary':
      return ofBinary(expr, of);
    case 'unknown':
      return ANY_LABELS;
  }
}

function ofSelector(selector: Selector, metric: LabelsOfMetric): LabelSet {
  const { name } = selector;
  const known = name === undefined ? undefined : metric(name, selector.matchers);
  const base =
    known ??
    (name === undefined || isMade(name) ? ANY_LABELS : { ...ANY_LABELS, has: new Set(SCRAPED) });
  const has = new Set(base.has);
  const lacks = new Set(base.lacks);
  for (const matcher of selector.matchers) {
    if (matcher.op === '=' && matcher.value === '') {
      has.delete(matcher.label);
      lacks.add(matcher.label);
    } else if (!matchesEmpty(matcher)) has.add(matcher.label);
    else if (matchesEmptyAlone(matcher)) has.delete(matcher.label);
  }
  return { has, may: base.may, lacks };
}

function ofCall(name: string, args: Expr[], of: (e: Expr) => LabelSet): LabelSet {
  const isOfNow = OF_MOMENTS.has(name) && args.length === 0;
  if (isOfNow || WITHOUT_LABELS.has(name)) return NO_LABELS;
  const vector = args.find((arg) => ['vector', 'matrix'].includes(typeOf(arg) ?? ''));
  if (!vector) return ANY_LABELS;
  if (name === 'absent' || name === 'absent_over_time') {
    const labels = [...absentLabels(vector).keys()];
    return { has: new Set(labels), may: new Set(labels), lacks: new Set() };
  }
  const inner = of(vector);
  if (name === 'histogram_quantile') return dropping(inner, ['le']);
  if (name === 'info' || name === 'histogram_quantiles') return ANY_LABELS;
  if (name === 'label_replace' || name === 'label_join') {
    const target = args[1]?.type === 'string' ? args[1].value : undefined;
    if (target === undefined) return ANY_LABELS;
    const open = perhapsWith(inner, [target]);
    return { ...open, has: new Set([...open.has].filter((l) => l !== target)) };
  }
  return inner;
}

function ofBinary(expr: Binary, of: (e: Expr) => LabelSet): LabelSet {
  const [left, right] = [of(expr.left), of(expr.right)];
  const [leftType, rightType] = [typeOf(expr.left), typeOf(expr.right)];
  if (leftType === undefined || rightType === undefined) return ANY_LABELS;
  if (leftType === 'scalar') return right;
  if (rightType === 'scalar') return left;
  if (expr.op === 'or') return either(left, right);
  if (SET_OPERATORS.has(expr.op)) return left;
  if (expr.fill) return ANY_LABELS;
  if (expr.group) {
    const [many, one] = expr.group.side === 'left' ? [left, right] : [right, left];
    const { include } = expr.group;
    const copied = keeping(one, include);
    const rest = dropping(many, include);
    return {
      has: new Set([...rest.has, ...copied.has]),
      may: rest.may && new Set([...rest.may, ...(copied.may ?? include)]),
      lacks: new Set(
        [...rest.lacks].filter((l) => !include.includes(l) || !(copied.may?.has(l) ?? true)),
      ),
    };
  }
  const names = expr.matching?.labels.map((l) => l.name) ?? [];
  const differs = (label: string): boolean =>
    (expr.matching?.kind === 'on' ? names.includes(label) : !names.includes(label)) &&
    ((left.has.has(label) && surelyLacks(right, label)) ||
      (right.has.has(label) && surelyLacks(left, label)));
  // Nothing comes out: that is told by itself, and nothing follows from it.
  if ([...left.has, ...right.has].some(differs)) return ANY_LABELS;
  // Each label that matching compares is equal on both sides: what one side surely has, the other
  // has too.
  const both: LabelSet = {
    has: new Set([...left.has, ...right.has]),
    may:
      left.may && right.may
        ? new Set([...left.may].filter((l) => right.may?.has(l)))
        : (left.may ?? right.may),
    lacks: new Set([...left.lacks, ...right.lacks]),
  };
  return expr.matching?.kind === 'on'
    ? keeping(both, names)
    : dropping(expr.matching ? left : both, names);
}
