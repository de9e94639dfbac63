import { selectors } from '../../promql/ast.ts';
import type { Matcher } from '../../promql/ast.ts';
import { passes } from '../../promql/matchers.ts';
import type { Rule } from '../../stack/rules.ts';

/** A selector of an alert, or of a recording rule that it reads. */
export interface Reading {
  /** Undefined when it selects by labels alone. */
  name: string | undefined;
  /** Whether rules record what it selects: its matchers are about whatever that is made of. */
  recorded?: boolean;
  matchers: Pick<Matcher, 'label' | 'op' | 'value'>[];
}

/** Deeper chains of recording rules than this are none. */
const DEEPEST = 10;

/**
 * Every selector that decides about an alert: its own, and those of the recording rules behind it.
 * @returns `behind`: those recording rules
 */
export function readingsOf(
  alert: Rule,
  records: Map<string, Rule[]>,
): { readings: Reading[]; behind: Rule[] } {
  const found: Reading[] = [];
  const seen = new Set<Rule>();
  const read = (rule: Rule, depth: number): void => {
    if (seen.has(rule) || depth > DEEPEST || !rule.expression.expr) return;
    seen.add(rule);
    for (const { name, matchers } of selectors(rule.expression.expr)) {
      const recording = name === undefined ? [] : (records.get(name) ?? []);
      found.push({ name, recorded: recording.length > 0, matchers });
      for (const other of recording) read(other, depth + 1);
    }
  };
  read(alert, 0);
  seen.delete(alert);
  return { readings: found, behind: [...seen] };
}

/**
 * The matchers of one label that a metric's series have to pass, those of what is recorded from
 * them too.
 */
export function matchersOn(
  readings: Reading[],
  metric: string,
  label: string,
): Reading['matchers'] {
  return readings
    .filter((reading) => reading.recorded === true || namesMetric(reading, metric))
    .flatMap(({ matchers }) => matchers.filter((matcher) => matcher.label === label));
}

/** Whether a selector takes a series. A regular expression that nobody understands takes it. */
export function takesSeries(
  reading: Reading,
  metric: string,
  labels: Record<string, string>,
): boolean {
  return (
    namesMetric(reading, metric) &&
    reading.matchers
      .filter(({ label }) => label !== '__name__')
      .every((matcher) => passes(matcher, labels[matcher.label] ?? '') ?? true)
  );
}

/** Whether a selector may take series of a metric, whatever their labels are. */
export function namesMetric({ name, matchers }: Reading, metric: string): boolean {
  if (name !== undefined) return name === metric;
  return matchers
    .filter(({ label }) => label === '__name__')
    .every((matcher) => passes(matcher, metric) ?? true);
}
