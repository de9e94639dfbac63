import type { SyntaxNode } from '@lezer/common';
import { unquote } from '../../promql/unquote.ts';
import { replaced, textOf } from './edit.ts';
import type { Edit, ExprOperator } from './edit.ts';

const NEGATED: Record<string, string> = { '=': '!=', '!=': '=', '=~': '!~', '!~': '=~' };
/** A value that no series has. */
const STRANGER = 'another';

function parts(node: SyntaxNode): { op: SyntaxNode; value: SyntaxNode } | undefined {
  if (!/^(Unquoted|Quoted)LabelMatcher$/.test(node.name)) return undefined;
  const [op, value] = [node.getChild('MatchOp'), node.getChild('StringLiteral')];
  return op && value ? { op, value } : undefined;
}

/** A matcher with the comma that goes with it. */
export const matcherDropped: ExprOperator = {
  id: 'matcher-dropped',
  edits: (node, expr) => {
    if (!parts(node)) return [];
    const after = /^\s*,/.exec(expr.slice(node.to))?.[0].length ?? 0;
    const before = /,\s*$/.exec(expr.slice(0, node.from))?.[0].length ?? 0;
    return after > 0
      ? [{ from: node.from, to: node.to + after, text: '' }]
      : [{ from: node.from - before, to: node.to, text: '' }];
  },
};

export const matcherNegated: ExprOperator = {
  id: 'matcher-negated',
  edits: (node, expr) => {
    const matcher = parts(node);
    const negated = matcher && NEGATED[textOf(matcher.op, expr)];
    return matcher && negated ? [replaced(matcher.op, negated)] : [];
  },
};

/** `="a"` becomes `=~"a.*"`: more is taken than was meant. */
export const matcherWidened: ExprOperator = {
  id: 'matcher-widened',
  edits: (node, expr): Edit[] => {
    const matcher = parts(node);
    if (!matcher || textOf(matcher.op, expr) !== '=') return [];
    const value = unquote(textOf(matcher.value, expr));
    const pattern = `${value.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&')}.*`;
    return [{ from: matcher.op.from, to: matcher.value.to, text: `=~${JSON.stringify(pattern)}` }];
  },
};

/** A pattern that ends in anything: worlds that are made for it end in an x. */
const WIDE = /[*+]$/;

export const matcherMisspelt: ExprOperator = {
  id: 'matcher-misspelt',
  edits: (node, expr) => {
    const matcher = parts(node);
    if (!matcher || !['=', '=~'].includes(textOf(matcher.op, expr))) return [];
    const value = unquote(textOf(matcher.value, expr));
    const isWide = textOf(matcher.op, expr) === '=~' && WIDE.test(value);
    const other = isWide ? `${value}q` : `${value}x`;
    return [replaced(matcher.value, JSON.stringify(value === '' ? STRANGER : other))];
  },
};
