import { COMPARISONS, eachExpr, SET_OPERATORS } from './ast.ts';
import type { Expr } from './ast.ts';
import { FUNCTIONS } from './functions.ts';
import { typeOf } from './type-of.ts';

const ARTICLES = {
  vector: 'an instant vector',
  matrix: 'a range vector (`[5m]`)',
  scalar: 'a scalar',
  string: 'a text',
};

/** A part of an expression that has another type than is wanted there. */
export interface WrongType {
  part: Expr;
  message: string;
}

/** What Prometheus refuses an expression for before it reads any data: parts of a wrong type. */
export function wrongTypes(expr: Expr): WrongType[] {
  const found: WrongType[] = [];
  const whole = typeOf(expr);
  if (whole === 'matrix' || whole === 'string')
    found.push({
      part: expr,
      message: `the whole expression is ${ARTICLES[whole]}, which nothing can be made of`,
    });
  eachExpr(expr, (part) => found.push(...wrongWithin(part)));
  return found;
}

function wrongWithin(expr: Expr): WrongType[] {
  if (expr.type === 'aggregate') return notVector(expr.op, expr.expr);
  if (expr.type === 'binary') return wrongSides(expr);
  if (expr.type === 'range') return wrongRange(expr);
  if (expr.type !== 'call') return [];
  return expr.args.flatMap((part, i) => {
    const [wanted, given] = [FUNCTIONS.get(expr.name)?.[i], typeOf(part)];
    return wanted && given && wanted !== given
      ? [
          {
            part,
            message: `\`${expr.name}\` wants ${ARTICLES[wanted]}, and gets ${ARTICLES[given]}`,
          },
        ]
      : [];
  });
}

/** Samples are stored of selectors alone: what is worked out has no range. */
function wrongRange(expr: Extract<Expr, { type: 'range' }>): WrongType[] {
  return expr.subquery || expr.expr.type === 'selector' || expr.expr.type === 'unknown'
    ? []
    : [
        {
          part: expr,
          message: 'only a plain selector takes a range: this has to be a subquery (`[5m:]`)',
        },
      ];
}

/** Neither ranges nor texts can be calculated with, and two scalars neither compared nor joined. */
function wrongSides(expr: Extract<Expr, { type: 'binary' }>): WrongType[] {
  const { op, left, right, bool } = expr;
  const types = [typeOf(left), typeOf(right)];
  if (SET_OPERATORS.has(op)) return [left, right].flatMap((part) => notVector(op, part));
  if (COMPARISONS.has(op) && !bool && types.every((type) => type === 'scalar'))
    return [{ part: expr, message: `\`${op}\` between two scalars wants \`bool\`` }];
  return [left, right].flatMap((part, i) => (types[i] === 'scalar' ? [] : notVector(op, part)));
}

function notVector(op: string, part: Expr): WrongType[] {
  const given = typeOf(part);
  return given === undefined || given === 'vector'
    ? []
    : [{ part, message: `\`${op}\` wants ${ARTICLES.vector}, and gets ${ARTICLES[given]}` }];
}
