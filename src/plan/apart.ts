import type { AlertContract, JobContract } from '../model/contract.ts';
import type { Spec } from '../model/spec.ts';
import type { Track } from '../model/track.ts';
import { isJobByJob } from '../promql/job-by-job.ts';
import { parseExpr } from '../promql/parse.ts';
import { serviceOf } from '../technologies/offered.ts';
import { probedUntil } from './load.ts';
import { outageJobs } from './outage-jobs.ts';
import { endOf, lengthOf, schedule } from './schedule.ts';
import type { Selection } from './selection.ts';
import { withJobs } from './smaller-world.ts';
import { timingsOf } from './timings.ts';
import type { Timings } from './timings.ts';

/** One job's outage that an alert has to tell of. */
export interface Outage {
  /** As it is selected: `alert/TargetDown/redis`. */
  name: string;
  alert: AlertContract;
  job: JobContract;
}

/** Every outage that the contract's alerts have to tell of: one for each alert and job. */
export function outagesOf(spec: Spec): Outage[] {
  return spec.contract.alerts
    .filter((alert) => alert.stimulus.kind === 'outage')
    .flatMap((alert) =>
      outageJobs(spec, alert).map((job) => ({
        name: `alert/${alert.name}/${job.name}`,
        alert,
        job,
      })),
    );
}

/**
 * What is left of a selection when some of it is proved elsewhere, or only some of it here.
 * @param isIn by the name of what can be proved
 */
export function partOf(selection: Selection, isIn: (name: string) => boolean): Selection {
  return { ...selection, wants: (name) => isIn(name) && selection.wants(name) };
}

/** What a second start of a component costs everybody, as time that a run takes longer, ms. */
const START_COSTS_MS = 400;

/** A world that may be divided, and what its smaller half has in any case. */
interface Whole {
  spec: Spec;
  selection: Selection;
  timings: Timings;
  anyway: Anyway;
}

/** The jobs that a smaller world has in any case, and what is proved of them there. */
export interface Anyway {
  jobs: JobContract[];
  outages: Outage[];
}

/**
 * The outages that are proved in a smaller world beside the first, in which nothing but their own
 * jobs is scraped: they needn't wait there until the other alerts of their component are through.
 * The one that the first world would be through with last goes first, and as many go as make the
 * longer of both shorter. What takes longer to start than most, as RabbitMQ does, isn't started
 * twice.
 * @param speed at which the worlds run
 */
export function outagesApart(
  spec: Spec,
  selection: Selection,
  speed: number,
  anyway: Anyway,
): Outage[] {
  if (!isProvedJobByJob(spec)) return [];
  const whole = { spec, selection, timings: timingsOf(spec, speed), anyway };
  const movable = outagesOf(spec).filter(
    ({ name, job: { component, toldBySilence } }) =>
      toldBySilence === undefined &&
      selection.wants(name) &&
      whole.timings.startMs(component) <= whole.timings.undivided.componentStartMs,
  );
  let cut = cutAt(whole, []);
  let best = cut;
  for (;;) {
    const { last, apart } = cut;
    const next = movable.find(({ alert, job }) => last?.id === `${alert.name}/${job.name}`);
    if (!next) return best.apart;
    cut = cutAt(whole, [...apart, next]);
    if (cut.costMs < best.costMs) best = cut;
  }
}

/** One way to divide a world. */
interface Cut {
  apart: Outage[];
  /** The track of the first world that keeps it longest. */
  last: Track | undefined;
  /** How long both worlds take, and what is started twice for it; the stack's own time. */
  costMs: number;
}

function cutAt(whole: Whole, apart: Outage[]): Cut {
  const { spec, selection, timings, anyway } = whole;
  const small = withJobs(spec, [...anyway.jobs, ...apart.map(({ job }) => job)]);
  const isIn = new Set([...anyway.outages, ...apart].map(({ name }) => name));
  const part = partOf(selection, (name) => isIn.has(name));
  const rest = partOf(selection, (name) => !isIn.has(name));
  const smallMs = lengthOf(schedule(small, timingsOf(small, timings.speed), part).tracks);
  const [last] = lastFirst(whole, schedule(spec, timings, rest).tracks);
  const startsMs = apart.length * START_COSTS_MS * timings.speed;
  return { apart, last: last?.track, costMs: Math.max(smallMs, last?.overMs ?? 0) + startsMs };
}

/** Tracks with how long each keeps its world, the last one first; the stack's own time. */
function lastFirst({ spec, timings }: Whole, tracks: Track[]): { track: Track; overMs: number }[] {
  const services = spec.contract.jobs.filter(({ component }) => serviceOf(component) !== undefined);
  return tracks
    .map((track) => {
      const isProbed = services.some(({ name }) => name === track.labels['job']);
      return { track, overMs: isProbed ? probedUntil(track, timings) : endOf(track) };
    })
    .sort((a, b) => b.overMs - a.overMs);
}

/** Whether no alert of one job hangs on what is scraped of another. */
export function isProvedJobByJob({ prometheus }: Spec): boolean {
  const groups = prometheus.ruleGroups;
  const recorded = new Set(groups.flatMap(({ records }) => records));
  return groups
    .flatMap(({ rules }) => rules)
    .every(({ expr }) => {
      const parsed = parseExpr(expr);
      return 'expr' in parsed && isJobByJob(parsed.expr, recorded);
    });
}
