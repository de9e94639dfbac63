import type { Expr, Range, Selector } from './ast.ts';

/** An expression in one normal form, so that two that mean the same compare as equal texts. */
export function print(expr: Expr, selectorText: (s: Selector) => string = printSelector): string {
  const go = (e: Expr): string => print(e, selectorText);
  switch (expr.type) {
    case 'number':
      return String(expr.value);
    case 'string':
      return JSON.stringify(expr.value);
    case 'selector':
      return selectorText(expr);
    case 'range':
      return `${go(expr.expr)}[${expr.rangeMs ?? `?${expr.from}`}${stepText(expr)}]`;
    case 'modified':
      // Where it looks isn't kept in the tree: two of them are never taken for the same.
      return `${go(expr.expr)}@${expr.from}`;
    case 'unary':
      return `${expr.op}${go(expr.expr)}`;
    case 'binary': {
      const matching = expr.matching
        ? `${expr.matching.kind}(${labels(expr.matching.labels)})`
        : '';
      const group = expr.group
        ? `group_${expr.group.side}(${expr.group.include.toSorted().join()})`
        : '';
      return `(${go(expr.left)} ${expr.op}${expr.bool ? ' bool' : ''} ${matching}${group} ${go(expr.right)})`;
    }
    case 'aggregate': {
      const { op, grouping, param } = expr;
      const by = grouping ? `${grouping.kind}(${labels(grouping.labels)})` : '';
      return `${op} ${by}(${param ? `${go(param)}, ` : ''}${go(expr.expr)})`;
    }
    case 'call':
      return `${expr.name}(${expr.args.map(go).join(', ')})`;
    case 'unknown':
      return `?${expr.from}`;
  }
}

/** What makes a subquery of a range: its step, or nothing for the default one. */
function stepText({ subquery, stepMs }: Range): string {
  return subquery ? `:${stepMs ?? ''}` : '';
}

/**
 * A selector as PromQL, its matchers in order: those that say the same have the same text. Range
 * and offset are left out.
 */
export function printSelector(selector: Selector): string {
  return `${selector.name ?? ''}{${selector.matchers
    .map((m) => `${m.label}${m.op}${JSON.stringify(m.value)}`)
    .toSorted()
    .join()}}`;
}

function labels(list: { name: string }[]): string {
  return list
    .map((l) => l.name)
    .toSorted()
    .join();
}
