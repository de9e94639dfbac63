import { labelsText } from '../../lib/series-text.ts';
import { lastWhile } from '../../lib/sorted.ts';
import type { Evidence, Series, TruthSeries } from '../../model/evidence.ts';
import type { Verdict } from '../../model/verdict.ts';
import { poorScrapes } from '../scrapes.ts';
import { failed, passed, unjudgedMetric } from './context.ts';
import type { MetricContext } from './context.ts';

/**
 * A scrape's sample has the time at which the scrape began; the clock that wrote the truth may be
 * this much off, ms.
 */
const SLACK_MS = 30;
/**
 * When the harness itself was held up for longer than this, what it wrote down of that moment is
 * not relied upon, ms.
 */
const LAG_MS = 250;
const AROUND_LAG_MS = 1_000;
/** Fewer samples than this prove nothing. */
const LEAST_SAMPLES = 8;
/** Values are compared as the exporters print them. */
const RELATIVE = 1e-9;

/**
 * Every sample of a metric is the value that the world really had when it was scraped: at some
 * moment between the beginning of the scrape (the sample's own time, scrape/scrape.go) and its end
 * (`scrape_duration_seconds`).
 * @param least how many samples prove something
 */
export function equalsTruth(c: MetricContext, least = LEAST_SAMPLES): Verdict[] {
  return c.evidence.truth
    .filter((t) => t.metric === c.metric.name && (t.labels['job'] ?? c.job) === c.job)
    .map((truth) => compare(c, truth, least));
}

function compare(c: MetricContext, truth: TruthSeries, least: number): Verdict {
  const expectation = { kind: 'equals-truth', phase: null, known: truth.known } as const;
  const { judged, doubtful, levels, wrong } = compareSamples(c, truth);
  const first = wrong[0];
  if (first) {
    const expected =
      first.low === first.high ? String(first.high) : `${first.low} to ${first.high}`;
    return failed(c, expectation, 'value-differs', {
      title: `${c.metric.name} of ${c.job} isn't what ${truth.known} knows`,
      query: `${c.metric.name}${labelsText({ job: c.job, ...truth.labels }, ', ')}`,
      expected: `${expected}, ${((first.at - c.t0) / 1000).toFixed(2)} s after T0`,
      seen: `${first.value}; ${wrong.length} of ${judged} samples differ`,
      likelyCause:
        'The service counts something else, sets the gauge too late or never, ' +
        'or relabelling mixes two metrics up.',
    });
  }
  if (!c.series.some((s) => isOfTruth(s, truth)))
    return failed(c, expectation, 'value-differs', {
      title: `${c.metric.name} of ${c.job} has no series of what ${truth.known} knows`,
      query: `${c.metric.name}${labelsText({ job: c.job, ...truth.labels }, ', ')}`,
      expected: `a series with ${labelsText(truth.labels, ', ')}`,
      seen: `${c.series.length} series, none of which has these labels`,
      likelyCause: 'A label has another value, or the same value in all series.',
    });
  if (judged < least) {
    const heldUp =
      doubtful > 0 ? `, ${doubtful} fell into moments in which the harness was held up` : '';
    return unjudgedMetric(
      c,
      expectation,
      `${judged} samples could be compared${heldUp}`,
      'The run was interrupted, or the machine was too slow.',
    );
  }
  const values = `${levels.size} ${levels.size === 1 ? 'value' : 'values'}`;
  return passed(c, expectation, `${judged} samples, ${values}`);
}

/**
 * Fewer samples in a row than this say nothing against what is looked up now and then: a busy
 * service may take note of a connection later than any allowance.
 */
const BRIEF = 3;

/** What became of a metric's samples when they were held against the truth. */
interface Compared {
  judged: number;
  /** Samples of moments in which the truth itself isn't certain. */
  doubtful: number;
  /** The different values that were true. */
  levels: Set<number>;
  /** Samples (time in ms) that aren't between what was least and greatest then. */
  wrong: { at: number; value: number; low: number; high: number }[];
}

function compareSamples(c: MetricContext, truth: TruthSeries): Compared {
  const result: Compared = { judged: 0, doubtful: 0, levels: new Set(), wrong: [] };
  const durations = durationsOf(c);
  // Of a scrape in which Prometheus was stopped nobody knows the end; it is at most an interval
  // away.
  const longestMs = c.plan.jobs.find((job) => job.name === c.job)?.scrapeMs ?? 0;
  const isDoubtful = doubts(c, truth);
  const series = c.series.filter((s) => isOfTruth(s, truth));
  const unseen = unseenBehind(truth, c.evidence, c.job);
  // Samples in a row that aren't as the truth says.
  let row: Compared['wrong'] = [];
  const endOfRow = (): void => {
    if (truth.lagMs > 0 && row.length < BRIEF) result.doubtful += row.length;
    else result.wrong.push(...row);
    row = [];
  };
  for (const [at, value] of series.flatMap(({ samples }) => samples)) {
    if (at < c.t0 || c.unsteady.some(([from, to]) => at >= from - SLACK_MS && at <= to)) continue;
    if (isDoubtful(at)) {
      result.doubtful++;
      continue;
    }
    const endMs = at + (durations.get(at) ?? longestMs);
    const bounds = valuesAt(truth, at - SLACK_MS, endMs + SLACK_MS);
    if (!bounds) continue;
    const low = bounds[0];
    const high = bounds[1] + unseen(at);
    result.judged++;
    result.levels.add(bounds[1]);
    const tolerance = RELATIVE * Math.abs(high);
    if (value < low - tolerance || value > high + tolerance) row.push({ at, value, low, high });
    else endOfRow();
  }
  endOfRow();
  return result;
}

function isOfTruth({ labels }: Series, truth: TruthSeries): boolean {
  return Object.entries(truth.labels).every(([name, value]) => labels[name] === value);
}

/** Whether the truth of a moment isn't certain: the harness was held up, or a scrape failed. */
function doubts(c: MetricContext, truth: TruthSeries): (atMs: number) => boolean {
  const heldUp = c.evidence.lags.filter(({ ms }) => ms > LAG_MS);
  // Prometheus gives a connection up after a failed scrape and opens another: for a moment the
  // service has both.
  const disturbed = truth.lagMs === 0 ? [] : poorScrapes(c.plan, c.evidence).filter(isOf(c.job));
  return (at) =>
    heldUp.some((lag) => Math.abs(lag.at - at) < AROUND_LAG_MS + lag.ms) ||
    disturbed.some((scrape) => at >= scrape.at && at <= scrape.at + scrape.ms + truth.lagMs);
}

/**
 * As {@link between}, for a truth that is looked up now and then: around a change nobody knows what
 * was between two looks, so only where it stood still is it known at all.
 */
export function valuesAt(
  truth: TruthSeries,
  fromMs: number,
  toMs: number,
): [number, number] | undefined {
  const bounds = between(truth, fromMs - truth.lagMs, toMs + truth.lagMs);
  return bounds && truth.lagMs > 0 && bounds[0] !== bounds[1] ? undefined : bounds;
}

/**
 * How many connections may go on at a service though nobody sees them: those of scrapes that failed
 * before a moment, where only the clients' ends are seen.
 */
export function unseenBehind(
  truth: TruthSeries,
  evidence: Evidence,
  job: string,
): (at: number) => number {
  if (truth.clientEnds !== true) return () => 0;
  const scrapes = evidence.series
    .filter(({ labels }) => labels['__name__'] === 'up' && labels['job'] === job)
    .flatMap(({ samples }) => samples)
    .sort(([a], [b]) => a - b);
  const begun = scrapes.findIndex(([, up]) => up === 1);
  const failed = scrapes.slice(Math.max(0, begun)).filter(([, up]) => up === 0);
  return (at) => failed.filter(([when]) => when < at).length;
}

/**
 * Least and greatest value that the truth allows for a look at the world between two moments;
 * undefined before anything is known.
 */
export function between(
  truth: TruthSeries,
  fromMs: number,
  toMs: number,
): [number, number] | undefined {
  const { points } = truth;
  // The last change that was surely over when the look began, and all that may have begun before it
  // ended.
  const settled = lastWhile(points, ([, to]) => to <= fromMs);
  const begun = lastWhile(points, ([from]) => from <= toMs);
  if (settled < 0 || begun < 0) return undefined;
  const values = points.slice(settled, begun + 1).map(([, , value]) => value);
  return [Math.min(...values), Math.max(...values)];
}

function isOf(job: string): (scrape: { job: string }) => boolean {
  return (scrape) => scrape.job === job;
}

/** How long each of the job's scrapes took, ms, by its sample's time. */
function durationsOf(c: MetricContext): Map<number, number> {
  const series = c.evidence.series.filter(
    (s) => s.labels['__name__'] === 'scrape_duration_seconds' && s.labels['job'] === c.job,
  );
  return new Map(series.flatMap((s) => s.samples.map(([at, seconds]) => [at, seconds * 1000])));
}
