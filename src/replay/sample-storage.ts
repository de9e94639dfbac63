import { lastWhile } from '../lib/sorted.ts';
import type { Series } from '../model/series.ts';
import type { Selector } from '../promql/ast.ts';
import type { Labels, Sample, Storage } from '../promql/evaluate/index.ts';
import { passes } from '../promql/matchers.ts';

/** A series as the evaluator takes it. */
interface Track {
  labels: Labels;
  samples: Sample[];
}

/**
 * Recorded samples as a source for the evaluator. They have no stale markers: where a target was
 * gone, a series is seen for longer than Prometheus saw it.
 */
export function storageOver(series: readonly Series[], lookbackMs: number): Storage {
  const tracks: Track[] = series.map(({ labels, samples }) => ({
    labels,
    samples: samples.map(([tMs, value]) => ({ tMs, value })),
  }));
  const found = new Map<Selector, Track[]>();
  const find = (selector: Selector): Track[] => {
    const known = found.get(selector) ?? tracks.filter(({ labels }) => selects(selector, labels));
    found.set(selector, known);
    return known;
  };
  return {
    instant: (selector, tMs) =>
      find(selector).flatMap(({ labels, samples }) => {
        const sample = samples[lastWhile(samples, (one) => one.tMs <= tMs)];
        return sample && sample.tMs > tMs - lookbackMs ? [{ labels, sample }] : [];
      }),
    range: (selector, fromMs, toMs) =>
      find(selector).flatMap(({ labels, samples }) => {
        const first = lastWhile(samples, (one) => one.tMs <= fromMs) + 1;
        const last = lastWhile(samples, (one) => one.tMs <= toMs) + 1;
        return last > first ? [{ labels, samples: samples.slice(first, last) }] : [];
      }),
  };
}

function selects({ name, matchers }: Selector, labels: Labels): boolean {
  return (
    (name === undefined || labels['__name__'] === name) &&
    matchers.every((matcher) => passes(matcher, labels[matcher.label] ?? '') === true)
  );
}
