import type { ResponseTimes } from '../../model/k6-evidence.ts';
import type { QuantilePlan } from '../../model/metric-plan.ts';
import type { Verdict } from '../../model/verdict.ts';
import { bucketsFor, edgesOf } from '../buckets.ts';
import type { MetricContext } from './context.ts';
import { always, failed, passed, unjudgedMetric } from './verdicts.ts';

const EXPECTATION = always('quantiles-in-buckets');

/** What Prometheus estimates and k6 measured of one quantile, seconds. */
interface Measured {
  /** `p95`. */
  name: string;
  answer: number;
  asked: number;
  waited: number;
}

/**
 * Prometheus's estimate of each quantile lies in the bucket that k6's own quantile names. k6
 * measures on the other side of the wire: no request takes the service longer than k6 waits, and
 * none is answered before the delay that it asks for. What holds for each request holds for the
 * quantiles: asked ≤ the service's ≤ waited. On a quiet machine both name the same bucket.
 */
export function equalsK6Quantiles(c: MetricContext): Verdict[] {
  const wanted = c.plan.quantiles.filter((q) => q.metric === c.metric.name && q.job === c.job);
  if (wanted.length === 0) return [];
  const texts: string[] = [];
  for (const quantile of wanted) {
    const judged = judgeQuantile(c, quantile);
    if (typeof judged !== 'string') return [judged];
    texts.push(judged);
  }
  return [passed(c, EXPECTATION, texts.join(', '))];
}

/** What is in the way, or what shows that it holds. */
function judgeQuantile(c: MetricContext, quantile: QuantilePlan): Verdict | string {
  const times = c.evidence.k6?.times.find(
    (t) => t.service === quantile.service && t.span === quantile.span,
  );
  const answer = c.evidence.answers[quantile.question]?.[0]?.value;
  const name = `p${Number(quantile.quantile) * 100}`;
  if (!times || answer === undefined)
    return unjudgedMetric(
      c,
      EXPECTATION,
      `${name}: ${times ? 'Prometheus gave no answer' : 'k6 left no account'}`,
      'The run was interrupted, or the metric has no buckets.',
    );
  const [asked, waited] = [times.asked[quantile.quantile], times.waited[quantile.quantile]];
  const [low, high] = bucketsFor(edgesOf(c.all), asked, waited);
  return answer >= low && answer <= high
    ? `${name} ${answer.toFixed(3)} (k6 ${asked.toFixed(3)} to ${waited.toFixed(3)}) s`
    : differs(c, quantile, times, { name, answer, asked, waited });
}

function differs(
  c: MetricContext,
  { question }: QuantilePlan,
  { count }: ResponseTimes,
  { name, answer, asked, waited }: Measured,
): Verdict {
  const [low, high] = bucketsFor(edgesOf(c.all), asked, waited);
  return failed(c, EXPECTATION, 'quantile-differs', {
    title: `${name} of ${c.job} isn't what k6 has measured`,
    query: c.plan.questions.find(({ id }) => id === question)?.query ?? c.metric.name,
    expected:
      `${low} to ${high} s: k6 asked for ${asked.toFixed(4)} s and waited ${waited.toFixed(4)} ` +
      `s, over ${count} requests`,
    seen: `${answer.toFixed(4)} s`,
    likelyCause:
      'The buckets are not cumulative or one is dropped, another unit is observed, or only a ' +
      'part of the time is measured.',
  });
}
