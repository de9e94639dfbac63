import { lastWhile } from '../../lib/sorted.ts';
import type { TruthSeries } from '../../model/evidence.ts';
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
 */
export function equalsTruth(c: MetricContext): Verdict[] {
  return c.evidence.truth
    .filter((t) => t.metric === c.metric.name && (t.labels['job'] ?? c.job) === c.job)
    .map((truth) => compare(c, truth));
}

function compare(c: MetricContext, truth: TruthSeries): Verdict {
  const expectation = { kind: 'equals-truth', phase: null, known: truth.known } as const;
  const durations = durationsOf(c);
  // Of a scrape in which Prometheus was stopped nobody knows the end; it is at most an interval
  // away.
  const longestMs = c.plan.jobs.find((job) => job.name === c.job)?.scrapeMs ?? 0;
  const series = c.series.filter((s) =>
    Object.entries(truth.labels).every(([name, value]) => s.labels[name] === value),
  );
  const wrong: { at: number; value: number; low: number; high: number; labels: string }[] = [];
  // Prometheus gives a connection up after a failed scrape and opens another: for a moment the
  // service has both.
  const disturbed = truth.lagMs === 0 ? [] : poorScrapes(c.plan, c.evidence).filter(isOf(c.job));
  const levels = new Set<number>();
  let judged = 0;
  let doubtful = 0;
  for (const { labels, samples } of series) {
    for (const [at, value] of samples) {
      if (at < c.t0 || c.unsteady.some(([from, to]) => at >= from - SLACK_MS && at <= to)) continue;
      if (
        c.evidence.lags.some(
          (lag) => lag.ms > LAG_MS && Math.abs(lag.at - at) < AROUND_LAG_MS + lag.ms,
        )
      ) {
        doubtful++;
        continue;
      }
      if (
        disturbed.some((scrape) => at >= scrape.at && at <= scrape.at + scrape.ms + truth.lagMs)
      ) {
        doubtful++;
        continue;
      }
      const bounds = valuesAt(
        truth,
        at - SLACK_MS,
        at + (durations.get(at) ?? longestMs) + SLACK_MS,
      );
      if (!bounds) continue;
      judged++;
      levels.add(bounds[1]);
      const tolerance = RELATIVE * Math.abs(bounds[1]);
      if (value < bounds[0] - tolerance || value > bounds[1] + tolerance)
        wrong.push({ at, value, low: bounds[0], high: bounds[1], labels: JSON.stringify(labels) });
    }
  }
  const first = wrong[0];
  if (first) {
    const expected =
      first.low === first.high ? String(first.high) : `${first.low} to ${first.high}`;
    return failed(c, expectation, 'value-differs', {
      title: `${c.metric.name} of ${c.job} isn't what ${truth.known} knows`,
      query: `${c.metric.name}${braces({ job: c.job, ...truth.labels })}`,
      expected: `${expected}, ${((first.at - c.t0) / 1000).toFixed(2)} s after T0`,
      seen: `${first.value}; ${wrong.length} of ${judged} samples differ`,
      likelyCause:
        'The service counts something else, sets the gauge too late or never, or relabelling mixes two metrics up.',
    });
  }
  if (judged < LEAST_SAMPLES)
    return unjudgedMetric(
      c,
      expectation,
      `${judged} samples could be compared${doubtful > 0 ? `, ${doubtful} fell into moments in which the harness was held up` : ''}`,
      'The run was interrupted, or the machine was too slow.',
    );
  return passed(
    c,
    expectation,
    `${judged} samples, ${levels.size} ${levels.size === 1 ? 'value' : 'values'}`,
  );
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

function braces(labels: Record<string, string>): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}="${value}"`)
    .join(', ')}}`;
}
