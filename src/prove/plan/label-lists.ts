import type { Expr, Label } from '../../promql/ast.ts';
import { children } from '../../promql/ast.ts';
import type { Rule } from '../../stack/rules.ts';

/** Names of labels that are treated alike where they stand. */
export type LabelList = ReadonlySet<string>;

/** Deeper chains of recording rules than this are none. */
const DEEPEST = 10;

/**
 * The lists of labels by which an alert, or a recording rule behind it, tells a metric's series
 * apart: what they are grouped, matched, copied and rewritten by on the way from the selector.
 * Labels of which each list has all or none are as good as each other: whichever of them has a
 * value, the alert gives the same.
 */
export function labelLists(
  alert: Rule,
  records: ReadonlyMap<string, Rule[]>,
  takes: (name: string | undefined) => boolean,
): LabelList[] {
  const found = new Set<LabelList>();
  const visit = (expr: Expr, above: readonly LabelList[], through: readonly string[]): void => {
    const lists = [...above, ...listsOf(expr)];
    if (expr.type === 'selector') {
      if (takes(expr.name)) for (const list of lists) found.add(list);
      const { name } = expr;
      if (name === undefined || through.includes(name) || through.length > DEEPEST) return;
      for (const rule of records.get(name) ?? []) {
        const own = [...rule.labels.keys()].map((label) => new Set([label]));
        const inner = rule.expression.expr;
        if (inner) visit(inner, [...lists, ...own], [...through, name]);
      }
    }
    for (const part of children(expr)) visit(part, lists, through);
  };
  if (alert.expression.expr) visit(alert.expression.expr, [], []);
  return [...found];
}

/** Those of one node. Whatever a function is told in words may be a label's name. */
function listsOf(expr: Expr): LabelList[] {
  if (expr.type === 'call') return wordsOf(expr.args);
  if (expr.type === 'aggregate')
    return [
      ...(expr.grouping ? [namesIn(expr.grouping)] : []),
      ...(expr.param ? wordsOf([expr.param]) : []),
    ];
  if (expr.type !== 'binary') return [];
  return [
    ...(expr.matching ? [namesIn(expr.matching)] : []),
    ...(expr.group ? [new Set(expr.group.include)] : []),
  ];
}

function namesIn({ labels }: { labels: Label[] }): LabelList {
  return new Set(labels.map(({ name }) => name));
}

function wordsOf(args: readonly Expr[]): LabelList[] {
  return args.flatMap((arg) => (arg.type === 'string' ? [new Set([arg.value])] : []));
}
