import type { Series } from '../../model/evidence.ts';
import type { Verdict } from '../../model/verdict.ts';
import { failed, passed, unjudgedMetric } from './context.ts';
import type { MetricContext } from './context.ts';

/** A timer may end this much early, seconds. */
const TIMER_SECONDS = 0.002;

/**
 * Prometheus's estimate of each quantile lies in the bucket that k6's own quantile names. k6
 * measures on the other side of the wire: no request takes the service longer than k6 waits, and
 * none is answered before the delay that it asks for. What holds for each request holds for the
 * quantiles: asked ≤ the service's ≤ waited. On a quiet machine both name the same bucket.
 */
export function equalsK6Quantiles(c: MetricContext): Verdict[] {
  const wanted = c.plan.quantiles.filter((q) => q.metric === c.metric.name && q.job === c.job);
  if (wanted.length === 0) return [];
  const expectation = { kind: 'quantiles-in-buckets', phase: null } as const;
  const edges = edgesOf(c.all);
  const measured: string[] = [];
  for (const q of wanted) {
    const times = c.evidence.k6?.times.find((t) => t.service === q.service && t.span === q.span);
    const answer = c.evidence.answers[q.question]?.[0]?.value;
    const name = `p${Number(q.quantile) * 100}`;
    if (!times || answer === undefined)
      return [
        unjudgedMetric(
          c,
          expectation,
          `${name}: ${times ? 'Prometheus gave no answer' : 'k6 left no account'}`,
          'The run was interrupted, or the metric has no buckets.',
        ),
      ];
    const [asked, waited] = [times.asked[q.quantile], times.waited[q.quantile]];
    const [low, high] = bucketsFor(edges, asked, waited);
    if (!(answer >= low && answer <= high)) {
      return [
        failed(c, expectation, 'quantile-differs', {
          title: `${name} of ${c.job} isn't what k6 has measured`,
          query:
            c.plan.questions.find((question) => question.id === q.question)?.query ?? c.metric.name,
          expected:
            `${low} to ${high} s: k6 asked for ${asked.toFixed(4)} s and waited ${waited.toFixed(4)} ` +
            `s, over ${times.count} requests`,
          seen: `${answer.toFixed(4)} s`,
          likelyCause:
            'The buckets are not cumulative or one is dropped, another unit is observed, or only a ' +
            'part of the time is measured.',
        }),
      ];
    }
    measured.push(
      `${name} ${answer.toFixed(3)} (k6 ${asked.toFixed(3)} to ${waited.toFixed(3)}) s`,
    );
  }
  return [passed(c, expectation, measured.join(', '))];
}

/**
 * Where the estimate of a quantile may lie when k6 asked for this one and waited for that one,
 * seconds.
 */
export function bucketsFor(
  edges: number[],
  askedSeconds: number,
  waitedSeconds: number,
): [number, number] {
  return [bucketOf(edges, askedSeconds - TIMER_SECONDS)[0], bucketOf(edges, waitedSeconds)[1]];
}

/** Upper edges of a histogram's buckets, rising; the last is infinite. */
export function edgesOf(series: Series[]): number[] {
  const edges = new Set(
    series.flatMap((s) =>
      s.labels['le'] === undefined
        ? []
        : [s.labels['le'] === '+Inf' ? Infinity : Number(s.labels['le'])],
    ),
  );
  return [...edges].sort((a, b) => a - b);
}

/** The bucket that a value falls into: over its lower edge, up to its upper one. */
export function bucketOf(edges: number[], value: number): [number, number] {
  const i = edges.findIndex((edge) => value <= edge);
  return [i <= 0 ? 0 : (edges[i - 1] ?? 0), edges[i] ?? Infinity];
}
