import type { Shape } from '../../model/recipe.ts';
import type { SyntheticSeries, SyntheticStep } from '../../model/synthetic.ts';
import type { VirtualWorld } from '../../model/virtual-world.ts';
import { overBase } from './base.ts';
import type { BaseSeries } from './base.ts';
import { scrapedAddress } from './target.ts';
import type { JobTarget, JobTargets } from './target.ts';
import { isReported } from './as-scraped.ts';
import type { StoredSeries } from './on-target.ts';
import { atOwnIntervals } from './own-intervals.ts';
import { ruleFiles, STAND_IN_METRIC } from './rule-files.ts';
import type { Subject } from './subject.ts';
import type { Intervals } from './times.ts';
import { standInJob } from './tracks.ts';
import type { Provoked, TrackPlan } from './tracks.ts';
import { stepsOf, standInSteps } from './world.ts';

/** More evaluations than these show nothing that fewer wouldn't. */
const MOST_EVALUATIONS = 700;
/** In a world of its own time nothing is sped up. */
const OWN_TIME = 1;

/** A series as Prometheus has it, over time. */
type Timed = StoredSeries & SyntheticSeries;

interface Away {
  fromMs: number;
  untilMs: number;
}

/**
 * The whole world of a plan in the stack's own time: every series as Prometheus will have it, all
 * tracks side by side, and all rules, stand-ins where the run has them.
 * @param speed of the run, in whose time tracks are told
 */
export function virtualWorld(
  { groups, groupOrder }: Pick<Subject, 'groups'> & { groupOrder: string[] },
  jobs: JobTargets[],
  base: BaseSeries[],
  tracks: TrackPlan,
  intervals: Intervals,
  speed: number,
): VirtualWorld {
  const endMs = Math.max(0, ...tracks.tracks.map(({ endMs: end }) => end * speed));
  const own = groups.map((group) => group.evaluationMs ?? intervals.evaluationMs);
  const finest = Math.min(intervals.evaluationMs, ...own);
  const files = ruleFiles(groups, OWN_TIME, tracks.standIns, intervals.evaluationMs).files;
  const stored = base.flatMap((one) => one.stored ?? []);
  const series = [...reportsOf(jobs, tracks), ...overBase(stored, seriesOf(tracks))];
  const { scrapeMs: otherwiseMs } = intervals;
  return {
    ruleFiles: files.map(({ text }) => text),
    groupOrder,
    evaluationMs: Math.max(finest, Math.ceil(endMs / MOST_EVALUATIONS / 1000) * 1000),
    endMs,
    ...atOwnIntervals(inOwnTime(series, speed), tracks.provoked, { endMs, otherwiseMs }),
  };
}

/** What Prometheus writes of each target: 0 while it is down, nothing while nobody discovers it. */
function reportsOf(jobs: JobTargets[], { provoked }: TrackPlan): Timed[] {
  const all = provoked.some(({ track }) => track.way === 'virtual')
    ? [...jobs, standInJob()]
    : jobs;
  return all.flatMap(({ name, targets, intervalMs }) =>
    targets.map((target) => ({
      metric: 'up',
      everyMs: intervalMs,
      labels: ownLabels(name, target),
      steps: upSteps(target, provoked),
    })),
  );
}

/** The labels of whatever a scrape of a target says nothing else about. */
function ownLabels(job: string, { host, port, labels }: JobTarget): Record<string, string> {
  return { job, instance: `${host}:${port}`, ...labels };
}

function upSteps(target: JobTarget, provoked: Provoked[]): SyntheticStep[] {
  const up: SyntheticStep = { atMs: -Infinity, shape: { kind: 'value', value: 1 } };
  const changes = provoked.flatMap(({ track, placed, taken }): SyntheticStep[] => {
    if (taken.gone.includes(target))
      return [
        { atMs: track.overAtMs, shape: { kind: 'absent' } },
        { ...up, atMs: track.calmAtMs },
      ];
    const own = placed.find((one) => isAnsweredAlike(one.target, target) && isReported(one));
    if (!own || !taken.down.includes(own.target)) return [];
    const steps = stepsOf(own.series.shapes, track);
    return steps.map((step) => (step.shape.kind === 'absent' ? { ...up, atMs: step.atMs } : step));
  });
  return [{ ...up, atMs: 0 }, ...changes.sort((a, b) => a.atMs - b.atMs)];
}

function seriesOf({ provoked }: TrackPlan): Timed[] {
  return provoked.flatMap((one): Timed[] => {
    const { track, placed, taken } = one;
    if (track.way === 'virtual') return [standInSeries(one)];
    return placed
      .filter((series) => !isReported(series))
      .flatMap(({ series, final, job, target, also = [] }) => {
        const isTaken = taken.down.includes(target) || taken.gone.includes(target);
        const away = isTaken ? awayOf(upSteps(target, [one])) : [];
        const steps = withoutThose(stepsOf(series.shapes, track), away);
        const own = { metric: series.metric, labels: final, everyMs: job.intervalMs };
        return [own, ...also].map((stored) => ({ ...stored, steps }));
      });
  });
}

function standInSeries({ track, alert }: Provoked): Timed {
  const { name, targets } = standInJob();
  const [target] = targets;
  return {
    metric: STAND_IN_METRIC,
    labels: { ...(target && ownLabels(name, target)), ...alert.given, rule: track.id },
    steps: standInSteps(track),
  };
}

/** When a target answers nobody, by its `up`. */
function awayOf(up: SyntheticStep[]): Away[] {
  return up.flatMap(({ atMs, shape }, i) =>
    isUp(shape) ? [] : [{ fromMs: atMs, untilMs: up[i + 1]?.atMs ?? Infinity }],
  );
}

function isAnsweredAlike(a: JobTarget, b: JobTarget): boolean {
  return a === b || scrapedAddress(a) === scrapedAddress(b);
}

function isUp(shape: Shape): boolean {
  return shape.kind === 'value' && shape.value === 1;
}

/** Steps of a series whose target isn't always there. */
function withoutThose(steps: SyntheticStep[], away: Away[]): SyntheticStep[] {
  const isAway = (atMs: number): boolean =>
    away.some(({ fromMs, untilMs }) => fromMs <= atMs && atMs < untilMs);
  const moments = [...steps.map(({ atMs }) => atMs), ...away.flatMap((a) => [a.fromMs, a.untilMs])];
  return [...new Set(moments)]
    .filter(Number.isFinite)
    .sort((a, b) => a - b)
    .map((atMs) => ({
      atMs,
      shape: isAway(atMs)
        ? { kind: 'absent' }
        : (steps.findLast((step) => step.atMs <= atMs)?.shape ?? { kind: 'absent' }),
    }));
}

function inOwnTime(series: Timed[], speed: number): Timed[] {
  return series.map((one) => ({
    ...one,
    steps: one.steps.map(({ atMs, shape }) => ({ atMs: atMs * speed, shape })),
  }));
}
