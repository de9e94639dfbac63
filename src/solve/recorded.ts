import type { Selector } from '../promql/ast.ts';
import { EvaluationError, elementsOf } from '../promql/evaluate/index.ts';
import type { Context, Labels, Sample, Storage } from '../promql/evaluate/index.ts';
import { without } from '../promql/evaluate/label-tools.ts';
import type { Recorded } from './leaves.ts';
import { passesAll } from './matching.ts';
import type { SolveRule } from './rules.ts';

type Found = { labels: Labels; sample: Sample }[];

/**
 * A storage that has what the recording rules record, too: evaluated on their grid when somebody
 * asks. A rule that reads what it records itself sees nothing of it.
 */
export function withRecorded(
  raw: Storage,
  recorded: Recorded,
  evaluationMs: number,
  budget: Context['budget'],
): Storage {
  const known = new Map<string, Found>();
  const active = new Set<SolveRule>();
  const results = (rule: SolveRule, tMs: number): Found => {
    const key = `${rule.ref.index} ${tMs}`;
    const kept = known.get(key);
    if (kept) return kept;
    if (active.has(rule) || !rule.expr) return [];
    active.add(rule);
    try {
      const found = evaluated(rule, { storage, tMs, stepMs: evaluationMs, budget });
      known.set(key, found);
      return found;
    } finally {
      active.delete(rule);
    }
  };
  const at = (selector: Selector, tMs: number): Found | undefined => {
    const rules = selector.name === undefined ? undefined : recorded.get(selector.name);
    if (!rules) return undefined;
    const grid = Math.floor(tMs / evaluationMs) * evaluationMs;
    return grid < 0
      ? []
      : rules
          .flatMap((rule) => results(rule, grid))
          .filter(({ labels }) => passesAll(selector.matchers, labels));
  };
  const storage: Storage = {
    instant: (selector, tMs) => at(selector, tMs) ?? raw.instant(selector, tMs),
    range: (selector, fromMs, toMs, needless) => {
      if (selector.name === undefined || !recorded.has(selector.name))
        return raw.range(selector, fromMs, toMs, needless);
      const found = new Map<string, { labels: Labels; samples: Sample[] }>();
      const first = Math.max(0, (Math.floor(fromMs / evaluationMs) + 1) * evaluationMs);
      for (let tMs = first; tMs <= toMs; tMs += evaluationMs)
        for (const { labels, sample } of at(selector, tMs) ?? []) {
          const key = JSON.stringify(labels);
          const series = found.get(key) ?? { labels, samples: [] };
          found.set(key, series);
          series.samples.push(sample);
        }
      return [...found.values()];
    },
  };
  return storage;
}

function evaluated(rule: SolveRule, context: Context): Found {
  if (!rule.expr) return [];
  try {
    return elementsOf(rule.expr, context).map(({ labels, value, histogram }) => ({
      labels: { ...without(labels, ['__name__']), ...rule.labels, __name__: rule.ref.name },
      sample: { tMs: context.tMs, value, ...(histogram && { histogram }) },
    }));
  } catch (error) {
    // A rule that the engine refuses records nothing.
    if (error instanceof EvaluationError) return [];
    throw error;
  }
}
