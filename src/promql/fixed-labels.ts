import type { Binary, Expr } from './ast.ts';
import { SELECTING, WITHOUT_LABELS } from './functions.ts';
import { typeOf } from './type-of.ts';

/** Labels that have one and the same value in all series of an expression, with the value. */
export function fixedLabels(expr: Expr): Map<string, string> {
  switch (expr.type) {
    case 'selector':
      return new Map(
        expr.matchers.flatMap(({ label, op, value }) =>
          op === '=' && value !== '' && label !== '__name__' ? [[label, value] as const] : [],
        ),
      );
    case 'range':
    case 'modified':
    case 'unary':
      return fixedLabels(expr.expr);
    case 'aggregate': {
      const inner = fixedLabels(expr.expr);
      if (SELECTING.has(expr.op)) return inner;
      const names = expr.grouping?.labels.map((l) => l.name) ?? [];
      const isBy = expr.grouping?.kind !== 'without';
      return new Map([...inner].filter(([label]) => names.includes(label) === isBy));
    }
    case 'call':
      return ofCall(expr.name, expr.args);
    case 'binary':
      return ofBinary(expr);
    case 'number':
    case 'string':
    case 'unknown':
      return new Map();
  }
}

/** Functions that make labels, or drop them, are left out. */
function ofCall(name: string, args: Expr[]): Map<string, string> {
  if (WITHOUT_LABELS.has(name) || /^(absent|label_|info$|histogram_quantile)/.test(name))
    return new Map();
  const vector = args.find((arg) => ['vector', 'matrix'].includes(typeOf(arg) ?? ''));
  return vector ? fixedLabels(vector) : new Map<string, string>();
}

/** Of two vectors only what the left one keeps is sure; of a vector and a number, all of it. */
function ofBinary({ op, left, right, matching, group, fill }: Binary): Map<string, string> {
  if (typeOf(left) === 'scalar') return fixedLabels(right);
  if (typeOf(right) === 'scalar' || op === 'and' || op === 'unless') return fixedLabels(left);
  if (op === 'or' || matching || group || fill) return new Map();
  const other = fixedLabels(right);
  return new Map(
    [...fixedLabels(left)].filter(([label, value]) => (other.get(label) ?? value) === value),
  );
}
