import type { Aggregate, Binary, Expr, Modified, Range, Selector } from './ast.ts';

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
      return modified(expr, go);
    case 'unary':
      return `${expr.op}${go(expr.expr)}`;
    case 'binary':
      return `(${go(expr.left)} ${expr.op}${expr.bool ? ' bool' : ''} ${matchingText(expr)} ${go(expr.right)})`;
    case 'aggregate': {
      const { op, param } = expr;
      return `${op} ${groupingText(expr)}(${param ? `${go(param)}, ` : ''}${go(expr.expr)})`;
    }
    case 'call':
      return `${expr.name}(${expr.args.map(go).join(', ')})`;
    case 'unknown':
      return `?${expr.from}`;
  }
}

/** An expression with all that says where it looks: `offset` and `@` mean the same in any order. */
function modified(expr: Modified, go: (e: Expr) => string): string {
  const modifiers: string[] = [];
  let inner: Expr = expr;
  for (; inner.type === 'modified'; inner = inner.expr) modifiers.push(modifierText(inner));
  return [go(inner), ...modifiers.toSorted()].join(' ');
}

/** By its place where that is no literal, so that it is like nothing else. */
function modifierText({ modifier, to }: Modified): string {
  switch (modifier.kind) {
    case 'offset':
      return `offset ${modifier.ms ?? `?${to}`}`;
    case 'at':
      return `@ ${modifier.seconds ?? `?${to}`}`;
    case 'other':
      return modifier.word;
  }
}

/** How both sides find each other; `ignoring ()` says nothing. */
function matchingText({ matching, group, fill, from }: Binary): string {
  const says = matching && (matching.kind === 'on' || matching.labels.length > 0 || group);
  return [
    says ? `${matching.kind}(${labels(matching.labels)})` : '',
    group ? `group_${group.side}(${group.include.toSorted().join()})` : '',
    // What is filled in isn't kept in the tree.
    fill ? `fill?${from}` : '',
  ].join('');
}

/** By what it is grouped; `by ()` says nothing. */
function groupingText({ grouping }: Aggregate): string {
  if (!grouping || (grouping.kind === 'by' && grouping.labels.length === 0)) return '';
  return `${grouping.kind}(${labels(grouping.labels)})`;
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
