import { SET_OPERATORS } from '../promql/ast.ts';
import type { Expr } from '../promql/ast.ts';
import { stringOf } from '../promql/label-values.ts';
import { RANGE_FUNCTIONS } from '../promql/evaluate/over-time.ts';
import { ofEach } from '../promql/evaluate/instant.ts';
import { typeOf } from '../promql/type-of.ts';

/**
 * Labels that have one and the same value in every series of an expression, by its `=` matchers.
 */
export function fixedLabels(expr: Expr): Map<string, string> {
  switch (expr.type) {
    case 'selector':
      return new Map(
        expr.matchers.filter((m) => m.op === '=' && m.value !== '').map((m) => [m.label, m.value]),
      );
    case 'range':
    case 'modified':
    case 'unary':
      return fixedLabels(expr.expr);
    case 'aggregate': {
      const inner = fixedLabels(expr.expr);
      if (['topk', 'bottomk', 'limitk'].includes(expr.op)) return inner;
      const names = expr.grouping?.labels.map((l) => l.name) ?? [];
      const keeps = (label: string): boolean =>
        (expr.grouping?.kind === 'without') !== names.includes(label);
      const written = expr.op === 'count_values' ? stringOf(expr.param) : undefined;
      return new Map([...inner].filter(([label]) => keeps(label) && label !== written));
    }
    case 'call': {
      if (!RANGE_FUNCTIONS[expr.name] && !ofEach(expr.name)) return new Map();
      const vector = expr.args.find((a) => ['vector', 'matrix'].includes(typeOf(a) ?? ''));
      return vector ? fixedLabels(vector) : new Map<string, string>();
    }
    case 'binary': {
      if (typeOf(expr.left) === 'scalar') return fixedLabels(expr.right);
      if (typeOf(expr.right) === 'scalar') return fixedLabels(expr.left);
      if (expr.op === 'and' || expr.op === 'unless') return fixedLabels(expr.left);
      // Which labels arithmetic keeps depends on the matching: nothing is claimed.
      if (SET_OPERATORS.has(expr.op) || expr.group || expr.matching || expr.fill) return new Map();
      return fixedLabels(expr.left);
    }
    case 'number':
    case 'string':
    case 'unknown':
      return new Map();
  }
}
