import { groupBy } from '../../lib/group-by.ts';

/** A rule of a file, what runs of it, and what is different between them. */
export interface Pair<Written, Running> {
  written: Written;
  /** Undefined: nothing of its kind and name is left. */
  running: Running | undefined;
  differences: string[];
}

/**
 * Finds for each rule of the files what runs of it: of several with one kind and name first those
 * that are alike in all, then whichever differ least.
 * @returns `left`: what runs and belongs to no rule
 */
export function pairsOf<Written, Running>(
  written: { key: string; rule: Written }[],
  running: { key: string; rule: Running }[],
  differences: (running: Running, written: Written) => string[],
): { pairs: Pair<Written, Running>[]; left: Running[] } {
  const namesakes = groupBy(running, ({ key }) => key);
  const found = new Map<Written, Pair<Written, Running>>();
  const taken = new Set<Running>();
  const possible = written.flatMap(({ key, rule }) =>
    (namesakes.get(key) ?? []).map((other) => ({
      written: rule,
      running: other.rule,
      differences: differences(other.rule, rule),
    })),
  );
  for (const pair of possible.sort((a, b) => a.differences.length - b.differences.length)) {
    if (found.has(pair.written) || taken.has(pair.running)) continue;
    found.set(pair.written, pair);
    taken.add(pair.running);
  }
  return {
    pairs: written.map(
      ({ rule }) => found.get(rule) ?? { written: rule, running: undefined, differences: [] },
    ),
    left: running.flatMap(({ rule }) => (taken.has(rule) ? [] : [rule])),
  };
}
