import type { Matcher } from '../promql/ast.ts';
import { passes } from '../promql/matchers.ts';

/**
 * Whether a label's value passes a matcher. A pattern that isn't understood lets nothing pass:
 * no world is made on its behalf.
 */
export function passesMatcher(matcher: Pick<Matcher, 'op' | 'value'>, text: string): boolean {
  return passes(matcher, text) === true;
}

/**
 * Whether a label's value surely doesn't pass a matcher. What is claimed to be impossible hangs on
 * this: of a pattern that isn't understood nobody knows what it lets through.
 */
export function surelyFails(matcher: Pick<Matcher, 'op' | 'value'>, text: string): boolean {
  return passes(matcher, text) === false;
}

/** Whether labels pass all matchers; a label that isn't there is empty. */
export function passesAll(
  matchers: readonly Matcher[],
  labels: Readonly<Record<string, string>>,
): boolean {
  return matchers.every((m) => passesMatcher(m, labels[m.label] ?? ''));
}
