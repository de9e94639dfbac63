import type { Matcher, Selector } from './ast.ts';
import { matchesWhole } from './regex/match.ts';
import { samples } from './regex/sample.ts';

/**
 * Whether a value passes the matcher; undefined when its regular expression isn't understood.
 * Matchers are anchored at both ends. In time linear in the value, whatever the pattern.
 */
export function passes(matcher: Pick<Matcher, 'op' | 'value'>, value: string): boolean | undefined {
  if (matcher.op === '=') return value === matcher.value;
  if (matcher.op === '!=') return value !== matcher.value;
  const result = matchesWhole(matcher.value, value);
  return result === undefined ? undefined : matcher.op === '=~' ? result : !result;
}

/** Whether a series without the label passes; when that can't be said, true. */
export function matchesEmpty(matcher: Pick<Matcher, 'op' | 'value'>): boolean {
  return passes(matcher, '') ?? true;
}

/** Texts of all kinds: what passes none of them, and nothing that it names itself, is empty. */
const TEXTS = ['x', 'A', '0', '-', ' ', 'api', 'up-1', 'host-1:9100', 'http://a.b/c?d=e', 'ä'];

/** Whether nothing but a series without the label seems to pass: `=~""`, `!~".+"`. */
export function matchesEmptyAlone(matcher: Pick<Matcher, 'op' | 'value'>): boolean {
  if (passes(matcher, '') !== true) return false;
  const named = matcher.op === '=~' ? samples(matcher.value) : [];
  return [...TEXTS, ...named].every((text) => text === '' || passes(matcher, text) === false);
}

/** Whether a selector surely finds a series. */
export function selects(
  { name, matchers }: Pick<Selector, 'name' | 'matchers'>,
  metric: string,
  labels: Readonly<Record<string, string>>,
): boolean {
  const valueOf = (label: string): string =>
    label === '__name__' ? metric : (labels[label] ?? '');
  return (
    (name ?? metric) === metric &&
    matchers.every((matcher) => passes(matcher, valueOf(matcher.label)) === true)
  );
}

/**
 * Values that a matcher asks for one by one (`=`, or `=~` of plain texts); undefined when it lets
 * through others.
 */
export function valuesOf({ op, value }: Pick<Matcher, 'op' | 'value'>): string[] | undefined {
  if (op === '=') return [value];
  return op === '=~' && /^[\w|:/ -]*$/.test(value) ? value.split('|') : undefined;
}

/** Of one value, the one lets through nothing that the other does. */
const OPPOSITE = new Set(['!= =', '!~ =', '!~ =~']);

/** Whether no value can pass both. */
export function excludeEachOther(a: Matcher, b: Matcher): boolean {
  const ops = [a.op, b.op].toSorted().join(' ');
  if (a.value === b.value && OPPOSITE.has(ops)) return true;
  const [first, second] = [valuesOf(a), valuesOf(b)];
  if (first) return first.every((value) => passes(b, value) === false);
  return second?.every((value) => passes(a, value) === false) ?? false;
}
