import type { RuleMutant } from '../../model/mutation.ts';
import type { Rule } from '../../stack/rules.ts';
import { normalForm } from './normal.ts';
import type { IsSingle } from './normal.ts';

/**
 * Why a mutant means the same as what it was made of, as far as the syntax trees say so; undefined
 * where they don't.
 */
export function equivalenceOf(
  mutant: RuleMutant,
  rules: Rule[],
  isSingle: IsSingle,
): string | undefined {
  const original = rules[mutant.rules[0] ?? -1]?.expression.text;
  const expr = mutant.body?.expr;
  return original === undefined || expr === undefined || expr === original
    ? undefined
    : sameMeaning(original, expr, isSingle);
}

/** Why two expressions mean the same, as far as their syntax trees say so. */
export function sameMeaning(
  original: string,
  expr: string,
  isSingle: IsSingle,
): string | undefined {
  const same = (single: IsSingle): boolean => {
    const form = normalForm(original, single);
    return form !== undefined && form === normalForm(expr, single);
  };
  if (same(() => false)) return 'Its syntax tree means the same.';
  return same(isSingle)
    ? 'The contract promises one series of it for each target, which is its own sum, average, highest and lowest.'
    : undefined;
}
