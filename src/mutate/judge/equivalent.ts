import type { RuleMutant } from '../../model/mutation.ts';
import { parseExpr } from '../../promql/parse.ts';
import { print } from '../../promql/print.ts';
import type { Rule } from '../../stack/rules.ts';

/** Why a mutant means the same as what it was made of, as far as the syntax trees say so; undefined where they don't. */
export function equivalenceOf(mutant: RuleMutant, rules: Rule[]): string | undefined {
  const original = rules[mutant.rules[0] ?? -1]?.expression.text;
  const expr = mutant.body?.expr;
  if (original === undefined || expr === undefined || expr === original) return undefined;
  return normal(original) === normal(expr) ? 'Its syntax tree is the same.' : undefined;
}

function normal(expr: string): string {
  const parsed = parseExpr(expr);
  return 'expr' in parsed ? print(parsed.expr) : expr;
}
