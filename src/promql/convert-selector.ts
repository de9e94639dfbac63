import type { SyntaxNode } from '@lezer/common';
import type { Matcher, MatchOp, Selector } from './ast.ts';
import { parts } from './nodes.ts';
import { unquote } from './unquote.ts';

/** A vector selector of the grammar's tree, its name and its matchers. */
export function selector(node: SyntaxNode, text: string): Selector {
  const identifier = node.getChild('Identifier');
  let name = identifier ? text.slice(identifier.from, identifier.to) : undefined;
  const matchers: Matcher[] = [];
  const list = node.getChild('LabelMatchers');
  for (const child of list ? parts(list) : []) {
    if (child.name === 'QuotedLabelName') {
      name = unquote(text.slice(child.from, child.to));
      continue;
    }
    const label = child.getChild('LabelName') ?? child.getChild('QuotedLabelName');
    const op = child.getChild('MatchOp');
    const value = child.getChild('StringLiteral');
    if (!label || !op || !value) continue;
    const raw = text.slice(label.from, label.to);
    const matcher: Matcher = {
      label: label.name === 'LabelName' ? raw : unquote(raw),
      op: text.slice(op.from, op.to) as MatchOp,
      value: unquote(text.slice(value.from, value.to)),
      from: child.from,
      to: child.to,
    };
    if (matcher.label === '__name__' && matcher.op === '=') name = matcher.value;
    else matchers.push(matcher);
  }
  return { type: 'selector', name, matchers, from: node.from, to: node.to };
}
