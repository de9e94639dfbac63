import type { Series } from '../../model/series.ts';
import type { TruthSeries } from '../../model/truth-series.ts';
import { heldUpAround } from '../held-up.ts';
import { unseenBehind, valuesAt } from '../known-values.ts';
import { poorScrapes } from '../scrapes/poor.ts';
import { scrapeMsOf, scrapesOf } from '../scrapes/recorded.ts';
import type { MetricContext } from './context.ts';

/**
 * A scrape's sample has the time at which the scrape began; the clock that wrote the truth may be
 * this much off, ms.
 */
const SLACK_MS = 30;
/** What a harness that was held up wrote down is not relied upon for this long around it, ms. */
const AROUND_LAG_MS = 1_000;
/** Values are compared as the exporters print them. */
const RELATIVE = 1e-9;
/**
 * Fewer samples in a row than this say nothing against what is looked up now and then: a busy
 * service may take note of a connection later than any allowance.
 */
const BRIEF = 3;

/** A sample (time in ms) that isn't between what was least and greatest then. */
export interface Difference {
  at: number;
  value: number;
  low: number;
  high: number;
}

/** What became of a metric's samples when they were held against the truth. */
export interface Compared {
  judged: number;
  /** Samples of moments in which the truth itself isn't certain. */
  doubtful: number;
  /** The different values that were true. */
  levels: Set<number>;
  wrong: Difference[];
}

/** Holds every sample of a metric that can be judged against what was so at its time. */
export function compareSamples(c: MetricContext, truth: TruthSeries): Compared {
  const result: Compared = { judged: 0, doubtful: 0, levels: new Set(), wrong: [] };
  const isDoubtful = doubts(c, truth);
  const boundsOf = boundsFor(c, truth);
  // Samples in a row that aren't as the truth says.
  let row: Difference[] = [];
  const endOfRow = (): void => {
    if (truth.lagMs > 0 && row.length < BRIEF) result.doubtful += row.length;
    else result.wrong.push(...row);
    row = [];
  };
  for (const [at, value] of samplesOf(c, truth)) {
    if (isDoubtful(at)) {
      result.doubtful++;
      continue;
    }
    const bounds = boundsOf(at);
    if (!bounds) continue;
    result.judged++;
    result.levels.add(bounds.known);
    if (isWithin(value, bounds)) endOfRow();
    else row.push({ at, value, low: bounds.low, high: bounds.high });
  }
  endOfRow();
  return result;
}

/** Whether a series is one of those that something is known of. */
export function isOfTruth({ labels }: Series, truth: TruthSeries): boolean {
  return Object.entries(truth.labels).every(([name, value]) => labels[name] === value);
}

/** The samples of when the run was on and the component neither stopped nor just back. */
function samplesOf(
  { series, t0, unsteady }: MetricContext,
  truth: TruthSeries,
): [number, number][] {
  return series
    .filter((s) => isOfTruth(s, truth))
    .flatMap(({ samples }) => samples)
    .filter(
      ([at]) => at >= t0 && !unsteady.some(([from, to]) => at >= from - SLACK_MS && at <= to),
    );
}

/** Whether the truth of a moment isn't certain: the harness was held up, or a scrape failed. */
function doubts(c: MetricContext, truth: TruthSeries): (atMs: number) => boolean {
  const isHeldUp = heldUpAround(c.evidence, AROUND_LAG_MS);
  // Prometheus gives a connection up after a failed scrape and opens another: for a moment the
  // service has both.
  const disturbed =
    truth.lagMs === 0
      ? []
      : poorScrapes(c.plan, c.evidence).filter((scrape) => scrape.job === c.job);
  return (at) =>
    isHeldUp(at) ||
    disturbed.some((scrape) => at >= scrape.at && at <= scrape.at + scrape.ms + truth.lagMs);
}

interface SampleBounds {
  low: number;
  high: number;
  /** The greatest value that is known, without what nobody sees. */
  known: number;
}

/** What the sample of a scrape that began at a moment may be; undefined where nobody knows. */
function boundsFor(
  c: MetricContext,
  truth: TruthSeries,
): (atMs: number) => SampleBounds | undefined {
  const durations = new Map(scrapesOf(c.evidence, c.job).map(({ at, ms }) => [at, ms]));
  // Of a scrape in which Prometheus was stopped nobody knows the end; it is at most an interval
  // away.
  const longestMs = scrapeMsOf(c.plan, c.job);
  const unseen = unseenBehind(truth, c.evidence, c.job);
  return (at) => {
    const endMs = at + (durations.get(at) ?? longestMs);
    const bounds = valuesAt(truth, at - SLACK_MS, endMs + SLACK_MS);
    return bounds && { low: bounds[0], high: bounds[1] + unseen(at), known: bounds[1] };
  };
}

function isWithin(value: number, { low, high }: SampleBounds): boolean {
  const tolerance = RELATIVE * Math.abs(high);
  return !(value < low - tolerance || value > high + tolerance);
}
