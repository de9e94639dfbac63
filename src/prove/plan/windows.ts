import type { Rule } from '../../stack/rules.ts';
import { ruleReads } from './rule-reads.ts';
import type { RuleRead } from './rule-reads.ts';

/** Functions that give nothing of one sample. */
const OF_TWO: ReadonlySet<string> = new Set(
  ['rate', 'increase', 'irate', 'delta', 'idelta'].concat(['deriv', 'predict_linear']),
);

/** So many times what a window needs at least it holds: live a scrape may be late. */
const TO_SPARE = 2;

/**
 * How far apart scrapes of a metric may be, so that every window over it has what it needs, and to
 * spare.
 */
export type LongestGap = (metric: string) => number;

/** Whether the function that takes a window needs two samples of it. */
export function needsTwo({ takenBy }: Pick<RuleRead, 'takenBy'>): boolean {
  return takenBy !== undefined && OF_TWO.has(takenBy);
}

/** What the windows of an alert, and of the recording rules behind it, leave room for. */
export function longestGapsOf(rules: readonly Rule[]): LongestGap {
  const gaps = new Map<string, number>();
  for (const read of rules.flatMap(ruleReads)) {
    const gapMs = read.windowMs / (TO_SPARE * (needsTwo(read) ? 2 : 1));
    gaps.set(read.name, Math.min(gapMs, gaps.get(read.name) ?? Infinity));
  }
  return (metric) => gaps.get(metric) ?? Infinity;
}
