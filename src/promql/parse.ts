import type { SyntaxNode } from '@lezer/common';
import { durationOf, parsePromql } from './tree.ts';
import type { Binary, Expr, Label, Matcher, MatchOp, Modifier, Selector } from './ast.ts';
import { parsePromqlNumber } from './number.ts';
import { combine } from './operators.ts';
import type { Piece } from './operators.ts';
import { nearest } from '../lib/nearest.ts';
import { FUNCTIONS } from './functions.ts';
import { unquote } from './unquote.ts';

/** Nobody writes longer ones; nesting this deep still fits the stack of whoever walks the tree. */
export const LONGEST_EXPR = 10_000;
const DEEPEST = 300;

export type ParsedExpr = { expr: Expr } | { errorAt: number; message: string };

/** An expression as a tree, or where it stops being PromQL. */
export function parseExpr(text: string): ParsedExpr {
  if (text.trim() === '') return { errorAt: 0, message: 'the expression is empty' };
  if (text.length > LONGEST_EXPR)
    return {
      errorAt: 0,
      message: `the expression has ${text.length} characters; at most ${LONGEST_EXPR} are read`,
    };
  const tree = parsePromql(text);
  let errorAt: number | undefined;
  let depth = 0;
  let deepest = 0;
  tree.iterate({
    enter: (node) => {
      deepest = Math.max(deepest, ++depth);
      if (node.type.isError) errorAt ??= node.from;
    },
    leave: () => void depth--,
  });
  if (errorAt !== undefined) {
    const rest = text.slice(errorAt).trim().split('\n')[0] ?? '';
    return (
      unknownFunction(text, errorAt) ?? {
        errorAt,
        message: rest === '' ? 'it stops too early' : `unexpected \`${rest.slice(0, 30)}\``,
      }
    );
  }
  if (deepest > DEEPEST) return { errorAt: 0, message: 'it is nested too deeply' };
  const top = tree.topNode.firstChild ? parts(tree.topNode)[0] : undefined;
  return top ? { expr: convert(top, text) } : { errorAt: 0, message: 'the expression is empty' };
}

/** Functions that Prometheus no longer has, with what took their place. */
const GONE: Record<string, string> = { holt_winters: 'double_exponential_smoothing' };

/** A name before a bracket is that of a function: the grammar stops behind one that it doesn't know. */
function unknownFunction(
  text: string,
  errorAt: number,
): { errorAt: number; message: string } | undefined {
  const name = /([A-Za-z_]\w*)\s*$/.exec(text.slice(0, errorAt))?.[1];
  if (name === undefined || !/^\s*\(/.test(text.slice(errorAt)) || FUNCTIONS.has(name))
    return undefined;
  const close = nearest(name, [...FUNCTIONS.keys()]);
  const successor = GONE[name];
  const hint =
    successor !== undefined
      ? ` in Prometheus 3; \`${successor}\` took its place, behind --enable-feature=promql-experimental-functions`
      : close === undefined
        ? ''
        : `; is \`${close}\` meant?`;
  return { errorAt: errorAt - name.length, message: `there is no function \`${name}\`${hint}` };
}

/** Children without comments. */
function parts(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling)
    if (child.name !== 'LineComment') list.push(child);
  return list;
}

function convert(node: SyntaxNode, text: string): Expr {
  const at = { from: node.from, to: node.to };
  const of = (n: SyntaxNode): string => text.slice(n.from, n.to);
  const [first, ...rest] = parts(node);
  const inner = (): Expr => (first ? convert(first, text) : { type: 'unknown', ...at });
  switch (node.name) {
    case 'NumberDurationLiteral':
      return { type: 'number', value: parsePromqlNumber(of(node)), ...at };
    case 'StringLiteral':
      return { type: 'string', value: unquote(of(node)), ...at };
    case 'ParenExpr':
      return inner();
    case 'VectorSelector':
      return selector(node, text);
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'OffsetExpr':
    case 'AnchoredExpr':
    case 'SmoothedExpr':
    case 'StepInvariantExpr':
    case 'UnaryExpr':
    case 'BinaryExpr':
      return combine(pieces(node, text)) ?? { type: 'unknown', ...at };
    case 'AggregateExpr': {
      const body = rest.find((n) => n.name === 'FunctionCallBody');
      const args = body ? parts(body).map((n) => convert(n, text)) : [];
      const modifier = rest.find((n) => n.name === 'AggregateModifier');
      const last = args.at(-1);
      if (!first || !last || args.length > 2) return { type: 'unknown', ...at };
      return {
        type: 'aggregate',
        op: of(first).toLowerCase(),
        grouping: modifier && {
          kind: modifier.getChild('Without') ? 'without' : 'by',
          labels: labelsIn(modifier, text),
        },
        param: args.length > 1 ? args[0] : undefined,
        expr: last,
        ...at,
      };
    }
    case 'FunctionCall': {
      const body = rest.find((n) => n.name === 'FunctionCallBody');
      return first
        ? {
            type: 'call',
            name: of(first),
            args: body ? parts(body).map((n) => convert(n, text)) : [],
            ...at,
          }
        : { type: 'unknown', ...at };
    }
    default:
      return { type: 'unknown', ...at };
  }
}

function modifierOf(node: SyntaxNode, text: string): Modifier {
  const duration = node.getChild('OffsetDurationExpr');
  if (duration) return { kind: 'offset', ms: durationOf(text, duration) };
  if (node.name !== 'StepInvariantExpr')
    return { kind: 'other', word: node.name.replace('Expr', '').toLowerCase() };
  const bound = node.getChild('AtModifierPreprocessors');
  if (bound) return { kind: 'at', seconds: bound.getChild('AtStart') ? 'start' : 'end' };
  const number = parts(node).at(-1);
  const value = number && parsePromqlNumber(text.slice(number.from, number.to));
  return { kind: 'at', seconds: value !== undefined && Number.isFinite(value) ? value : undefined };
}

function selector(node: SyntaxNode, text: string): Selector {
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

/**
 * What stands in an expression outside of parentheses. The grammar's tree lets what follows an operand reach over all
 * operators before it (`a - b offset 5m`), so the pieces are put together anew.
 */
function pieces(node: SyntaxNode, text: string): Piece[] {
  const list = parts(node);
  const [first, second] = list;
  const last = list.at(-1);
  // A literal has no parts.
  if (!first || !last) return [{ kind: 'operand', expr: convert(node, text) }];
  switch (node.name) {
    case 'BinaryExpr': {
      if (!second || list.length < 3) return [];
      const op = text.slice(second.from, second.to).toLowerCase();
      const apply = (left: Expr, right: Expr): Expr => binary(node, text, second, left, right);
      return [...pieces(first, text), { kind: 'operator', op, apply }, ...pieces(last, text)];
    }
    case 'UnaryExpr': {
      const op = text.slice(first.from, first.to) === '-' ? '-' : '+';
      const apply = (expr: Expr): Expr => ({
        type: 'unary',
        op,
        expr,
        from: first.from,
        to: expr.to,
      });
      return [{ kind: 'prefix', apply }, ...pieces(last, text)];
    }
    case 'MatrixSelector':
    case 'SubqueryExpr':
    case 'OffsetExpr':
    case 'AnchoredExpr':
    case 'SmoothedExpr':
    case 'StepInvariantExpr':
      return [
        ...pieces(first, text),
        { kind: 'postfix', apply: (expr) => postfix(node, text, expr) },
      ];
    default:
      return [{ kind: 'operand', expr: convert(node, text) }];
  }
}

function postfix(node: SyntaxNode, text: string, expr: Expr): Expr {
  const at = { from: expr.from, to: node.to };
  if (node.name !== 'MatrixSelector' && node.name !== 'SubqueryExpr')
    return { type: 'modified', expr, modifier: modifierOf(node, text), ...at };
  const [range, step] = node.getChildren('DurationExpr');
  return {
    type: 'range',
    expr,
    rangeMs: range && durationOf(text, range),
    rangeAt: range ? { from: range.from, to: range.to } : at,
    subquery: node.name === 'SubqueryExpr',
    stepMs: step && durationOf(text, step),
    ...at,
  };
}

function binary(
  node: SyntaxNode,
  text: string,
  operator: SyntaxNode,
  left: Expr,
  right: Expr,
): Binary {
  const clause = node.getChild('MatchingModifierClause');
  const groups = clause ? clause.getChildren('GroupingLabels') : [];
  const side = clause?.getChild('GroupLeft')
    ? 'left'
    : clause?.getChild('GroupRight')
      ? 'right'
      : undefined;
  return {
    type: 'binary',
    op: text.slice(operator.from, operator.to).toLowerCase(),
    opAt: { from: operator.from, to: operator.to },
    left,
    right,
    bool: node.getChild('BoolModifier') !== null,
    matching: clause
      ? {
          kind: clause.getChild('On') ? 'on' : 'ignoring',
          labels: groups[0] ? labelList(groups[0], text) : [],
        }
      : undefined,
    group: side && {
      side,
      include: groups[1] ? labelList(groups[1], text).map((l) => l.name) : [],
    },
    fill: node.getChild('FillModifier') !== null,
    from: left.from,
    to: right.to,
  };
}

function labelsIn(modifier: SyntaxNode, text: string): Label[] {
  const list = modifier.getChild('GroupingLabels');
  return list ? labelList(list, text) : [];
}

function labelList(list: SyntaxNode, text: string): Label[] {
  return parts(list).map((n) => ({
    name:
      n.name === 'QuotedLabelName' ? unquote(text.slice(n.from, n.to)) : text.slice(n.from, n.to),
    from: n.from,
    to: n.to,
  }));
}
