import type { Binary, Expr } from './ast.ts';
import { OF_MOMENTS, SELECTING, WITHOUT_LABELS } from './functions.ts';
import { valuesOf } from './matchers.ts';
import { typeOf } from './type-of.ts';

/** Labels that every series of an expression has, with the few values that matchers leave them. */
export function labelValues(expr: Expr): Map<string, string[]> {
  switch (expr.type) {
    case 'selector':
      return new Map(
        expr.matchers.flatMap((matcher) => {
          const values = matcher.label === '__name__' ? undefined : valuesOf(matcher);
          return values && !values.includes('') ? [[matcher.label, values] as const] : [];
        }),
      );
    case 'range':
    case 'modified':
    case 'unary':
      return labelValues(expr.expr);
    case 'aggregate': {
      const inner = labelValues(expr.expr);
      if (SELECTING.has(expr.op)) return inner;
      const names = expr.grouping?.labels.map((l) => l.name) ?? [];
      const isBy = expr.grouping?.kind !== 'without';
      const written = expr.op === 'count_values' ? stringOf(expr.param) : undefined;
      return new Map(
        [...inner].filter(([label]) => names.includes(label) === isBy && label !== written),
      );
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

/** Labels that have one and the same value in all series of an expression, with the value. */
export function fixedLabels(expr: Expr): Map<string, string> {
  return new Map(
    [...labelValues(expr)].flatMap(([label, [value, ...others]]) =>
      value === undefined || others.length > 0 ? [] : [[label, value] as const],
    ),
  );
}

/** The text that an argument is, as the label that `count_values` writes. */
export function stringOf(expr: Expr | undefined): string | undefined {
  return expr?.type === 'string' ? expr.value : undefined;
}

/** Functions that make labels, or drop them, are left out. */
function ofCall(name: string, args: Expr[]): Map<string, string[]> {
  if (
    WITHOUT_LABELS.has(name) ||
    OF_MOMENTS.has(name) ||
    /^(absent|label_|info$|histogram_quantile)/.test(name)
  )
    return new Map();
  const vector = args.find((arg) => ['vector', 'matrix'].includes(typeOf(arg) ?? ''));
  return vector ? labelValues(vector) : new Map<string, string[]>();
}

/** Of two vectors only what the left one keeps is sure; of a vector and a number, all of it. */
function ofBinary({ op, left, right, matching, group, fill }: Binary): Map<string, string[]> {
  if (typeOf(left) === 'scalar') return labelValues(right);
  if (typeOf(right) === 'scalar' || op === 'and' || op === 'unless') return labelValues(left);
  if (op === 'or' || matching || group || fill) return new Map();
  const other = labelValues(right);
  // Only pairs of equal values are left.
  return new Map(
    [...labelValues(left)].flatMap(([label, values]) => {
      const both = values.filter((value) => other.get(label)?.includes(value) ?? true);
      return both.length > 0 ? [[label, both] as const] : [];
    }),
  );
}
