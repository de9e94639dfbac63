import { labelsText } from '../../lib/series-text.ts';
import type { TruthSeries } from '../../model/truth-series.ts';
import type { Verdict } from '../../model/verdict.ts';
import { worseFirst } from '../worse-first.ts';
import { compareSamples, isOfTruth } from './compare-samples.ts';
import type { Compared, Difference } from './compare-samples.ts';
import type { MetricContext } from './context.ts';
import { failed, passed, unjudgedMetric } from './verdicts.ts';

/** Fewer samples than this prove nothing. */
const LEAST_SAMPLES = 8;

/**
 * Every sample of a metric is the value that the world really had when it was scraped: at some
 * moment between the beginning of the scrape (the sample's own time, scrape/scrape.go) and its end
 * (`scrape_duration_seconds`). One verdict for each who knows: of several series that one knows,
 * the worst.
 * @param least how many samples prove something
 */
export function equalsTruth(c: MetricContext, least = LEAST_SAMPLES): Verdict[] {
  const truths = c.evidence.truth.filter(
    (t) => t.metric === c.metric.name && (t.labels['job'] ?? c.job) === c.job,
  );
  const knowing = new Set(truths.map(({ known }) => known));
  return [...knowing].flatMap((known) => {
    const verdicts = truths
      .filter((truth) => truth.known === known)
      .map((truth) => verdictOn(c, truth, least));
    return verdicts.toSorted(worseFirst).slice(0, 1);
  });
}

function verdictOn(c: MetricContext, truth: TruthSeries, least: number): Verdict {
  const compared = compareSamples(c, truth);
  const { judged, levels, wrong } = compared;
  const [first] = wrong;
  if (first) return differs(c, truth, first, compared);
  if (!c.series.some((s) => isOfTruth(s, truth))) return withoutSeries(c, truth);
  if (judged < least) return tooFew(c, truth, compared);
  const values = `${levels.size} ${levels.size === 1 ? 'value' : 'values'}`;
  return passed(c, expectationOf(truth), `${judged} samples, ${values}`);
}

function expectationOf({ known }: TruthSeries): {
  kind: 'equals-truth';
  phase: null;
  known: string;
} {
  return { kind: 'equals-truth', phase: null, known };
}

function differs(
  c: MetricContext,
  truth: TruthSeries,
  { at, value, low, high }: Difference,
  { judged, wrong }: Compared,
): Verdict {
  const expected = low === high ? String(high) : `${low} to ${high}`;
  return failed(c, expectationOf(truth), 'value-differs', {
    title: `${c.metric.name} of ${c.job} isn't what ${truth.known} knows`,
    query: queryOf(c, truth),
    expected: `${expected}, ${((at - c.t0) / 1000).toFixed(2)} s after T0`,
    seen: `${value}; ${wrong.length} of ${judged} samples differ`,
    likelyCause:
      'The service counts something else, sets the gauge too late or never, ' +
      'or relabelling mixes two metrics up.',
  });
}

function withoutSeries(c: MetricContext, truth: TruthSeries): Verdict {
  return failed(c, expectationOf(truth), 'value-differs', {
    title: `${c.metric.name} of ${c.job} has no series of what ${truth.known} knows`,
    query: queryOf(c, truth),
    expected: `a series with ${labelsText(truth.labels, ', ')}`,
    seen: `${c.series.length} series, none of which has these labels`,
    likelyCause: 'A label has another value, or the same value in all series.',
  });
}

function tooFew(c: MetricContext, truth: TruthSeries, { judged, doubtful }: Compared): Verdict {
  const heldUp =
    doubtful > 0 ? `, ${doubtful} fell into moments in which the harness was held up` : '';
  return unjudgedMetric(
    c,
    expectationOf(truth),
    `${judged} samples could be compared${heldUp}`,
    'The run was interrupted, or the machine was too slow.',
  );
}

function queryOf({ metric, job }: MetricContext, { labels }: TruthSeries): string {
  return `${metric.name}${labelsText({ job, ...labels }, ', ')}`;
}
