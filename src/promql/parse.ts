import { nearest } from '../lib/nearest.ts';
import type { Expr } from './ast.ts';
import { convert } from './convert.ts';
import { wrongEscape } from './escapes.ts';
import { FUNCTIONS } from './functions.ts';
import { parts } from './nodes.ts';
import { parsePromql } from './tree.ts';

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
  let escaped: ReturnType<typeof wrongEscape>;
  let depth = 0;
  let deepest = 0;
  tree.iterate({
    enter: (node) => {
      deepest = Math.max(deepest, ++depth);
      if (node.type.isError) errorAt ??= node.from;
      if (node.name === 'StringLiteral' && !escaped) {
        const wrong = wrongEscape(text.slice(node.from, node.to));
        escaped = wrong && { ...wrong, at: node.from + wrong.at };
      }
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
  if (escaped) return { errorAt: escaped.at, message: escaped.message };
  if (deepest > DEEPEST) return { errorAt: 0, message: 'it is nested too deeply' };
  const top = tree.topNode.firstChild ? parts(tree.topNode)[0] : undefined;
  return top ? { expr: convert(top, text) } : { errorAt: 0, message: 'the expression is empty' };
}

/** Functions that Prometheus no longer has: since when, and what took their place. */
const GONE: Record<string, string> = {
  holt_winters:
    'in Prometheus 3; `double_exponential_smoothing` took its place, behind ' +
    '--enable-feature=promql-experimental-functions',
  count_scalar: 'since Prometheus 2; `scalar(count(…))` took its place',
  drop_common_labels: 'since Prometheus 2; `without (…)` leaves out what all have in common',
};

/**
 * A name before a bracket is that of a function: the grammar stops behind one that it doesn't know.
 */
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
      ? ` ${successor}`
      : close === undefined
        ? ''
        : `; is \`${close}\` meant?`;
  return { errorAt: errorAt - name.length, message: `there is no function \`${name}\`${hint}` };
}
