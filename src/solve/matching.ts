import type { Matcher } from '../promql/ast.ts';
import { passes } from '../promql/matchers.ts';
import { matcherOf } from '../promql/regex/match.ts';

const MOST_KEPT = 2_000;
const known = new Map<string, ReturnType<typeof matcherOf>>();

/** Whether a label's value passes a matcher; in time linear in the value, whatever the pattern. */
export function passesMatcher({ op, value }: Pick<Matcher, 'op' | 'value'>, text: string): boolean {
  if (op === '=' || op === '!=') return passes({ op, value }, text) ?? false;
  if (!known.has(value)) {
    if (known.size >= MOST_KEPT) known.clear();
    known.set(value, matcherOf(value));
  }
  const matches = known.get(value)?.(text);
  // A pattern that isn't understood lets nothing pass: nothing is claimed on its behalf.
  return matches !== undefined && matches === (op === '=~');
}

/** Whether labels pass all matchers; a label that isn't there is empty. */
export function passesAll(
  matchers: readonly Matcher[],
  labels: Readonly<Record<string, string>>,
): boolean {
  return matchers.every((m) => passesMatcher(m, labels[m.label] ?? ''));
}
