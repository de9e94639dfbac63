import type { Matcher, Selector } from '../promql/ast.ts';
import { surelyLacks } from '../promql/label-set.ts';
import { matchesEmpty, passes } from '../promql/matchers.ts';
import type { Metrics } from './metrics.ts';

/** A matcher that no series passes of those that are known. */
export interface Unexported {
  matcher: Matcher;
  /**
   * `label`, `value`: no series ever has it; `unseen-label`: none has it of the jobs whose text was
   * saved; `unseen-value`: none had it when it was saved, and others may come.
   */
  kind: 'label' | 'value' | 'unseen-label' | 'unseen-value';
  /** What is there instead: labels, or values of this one. */
  have: string[];
}

/** Matchers of a selector that pass none of the series which its jobs are known to export. */
export function unexported({ name, matchers }: Selector, metrics: Metrics): Unexported[] {
  if (name === undefined) return [];
  return matchers.flatMap((matcher): Unexported[] => {
    const found = matchesEmpty(matcher) ? undefined : lackedBy(name, matcher, matchers, metrics);
    return found ? [{ matcher, ...found }] : [];
  });
}

function lackedBy(
  name: string,
  matcher: Matcher,
  matchers: readonly Matcher[],
  metrics: Metrics,
): Omit<Unexported, 'matcher'> | undefined {
  const { label } = matcher;
  const labels = metrics.labels(name, matchers);
  if (labels && surelyLacks(labels, label)) return { kind: 'label', have: [...(labels.may ?? [])] };
  // What a negation leaves is too much to be a slip.
  if (matcher.op === '!=' || matcher.op === '!~') return undefined;
  const passesOneOf = (values: readonly string[]): boolean =>
    values.some((value) => passes(matcher, value) ?? true);
  const listed = metrics.valuesOf(name, label, matchers) ?? [];
  if (listed.length > 0 && !passesOneOf(listed)) return { kind: 'value', have: listed };
  const saved = metrics.saved(name, matchers);
  const seen = [...(saved?.seen.get(label) ?? [])];
  if (seen.length > 0) return passesOneOf(seen) ? undefined : { kind: 'unseen-value', have: seen };
  return saved?.labels && surelyLacks(saved.labels, label)
    ? { kind: 'unseen-label', have: [...(saved.labels.may ?? [])] }
    : undefined;
}
