import type { SyntaxNode } from '@lezer/common';
import type { Expr } from './ast.ts';
import { binary, postfix } from './convert-operators.ts';
import { selector } from './convert-selector.ts';
import { labelsIn, parts } from './nodes.ts';
import { parsePromqlNumber } from './number.ts';
import { combine } from './operators.ts';
import type { Piece } from './operators.ts';
import { unquote } from './unquote.ts';

/** A node of the grammar's tree as an expression; what can't be understood is `unknown`. */
export function convert(node: SyntaxNode, text: string): Expr {
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

/**
 * What stands in an expression outside of parentheses. The grammar's tree lets what follows an
 * operand reach over all operators before it (`a - b offset 5m`), so the pieces are put together
 * anew.
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
      return [{ kind: 'operand', expr: withParentheses(node, convert(node, text)) }];
  }
}

/** An operand's parentheses belong to the text of whatever it is an operand of. */
function withParentheses({ name, from, to }: SyntaxNode, expr: Expr): Expr {
  return name === 'ParenExpr' ? { ...expr, from, to } : expr;
}
