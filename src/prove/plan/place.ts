import { groupBy } from '../../lib/group-by.ts';
import { isReport } from '../../promql/reports.ts';
import type { RecipeSeries } from '../../model/recipe.ts';
import { valueKey } from './apart.ts';
import { candidates } from './candidates.ts';
import type { JobAndTarget } from './candidates.ts';
import { keyIn, ONE_CIRCLE } from './circles.ts';
import type { CircleOf } from './circles.ts';
import type { ScrapersOf } from './shared.ts';
import type { LongestGap } from './windows.ts';
import type { JobTarget, JobTargets } from './target.ts';
import { anotherTarget } from './made-up.ts';
import { onTarget } from './on-target.ts';
import type { OwnLabel } from './own-label.ts';
import { tooFewTargets } from './too-few-targets.ts';
import type { Placement, Unplaced } from './on-target.ts';
import type { Reading } from './reads.ts';

/** So many values of other jobs are told. */
const MOST_TOLD = 8;
/** Steps of the search after which it gives up. */
const MOST_STEPS = 5_000;

interface Search {
  readings: Reading[];
  jobs: JobTargets[];
  scrapersOf: ScrapersOf;
  longestGapMs: LongestGap;
  free: Set<string>;
  /** Appended to free values, so that alerts don't meet. */
  suffix: string;
  /** How many series each target has already. */
  used: Map<JobTarget, number>;
  unplaced: Unplaced[];
  steps: number;
  ownLabel: OwnLabel;
  /** Set where the values of some series are held against those of others by nothing. */
  circleOf: CircleOf | undefined;
  /** Whether a target may have several series that its labels don't tell apart. */
  sharing: boolean;
  /** Whether series of one `job` may be of several: nothing asks for it. */
  anyJob: boolean;
}

/**
 * Finds a target for every series of a recipe: one whose labels the alert's matchers let pass, and
 * the same for the series that share `job` and `instance`. Where there are too few, a target has
 * several, which labels of their own tell apart.
 */
export function placeRecipe(
  series: RecipeSeries[],
  search: Omit<Search, 'unplaced' | 'steps' | 'sharing'>,
): Placement | Unplaced {
  const state: Search = { ...search, unplaced: [], steps: 0, sharing: false };
  const found = waysOf(state).reduce<Placement | undefined>((known, way) => {
    if (known) return known;
    const circleOf = way.circleOf ?? ONE_CIRCLE;
    return assign(groupsOf(series, circleOf), { ...NOTHING, circleOf }, way);
  }, undefined);
  // What was made up for it is the job's from now on.
  for (const { job, target } of found?.placed ?? [])
    if (!job.targets.includes(target)) job.targets.push(target);
  if (found) return found;
  return (
    state.unplaced.find(({ isUnsure }) => isUnsure) ??
    state.unplaced.find(({ dropped, isStored }) => dropped ?? isStored) ??
    tooFewTargets(groupsOf(series, ONE_CIRCLE), state) ??
    withAllJobs(state.unplaced) ?? { reason: 'the stack has no scrape job with a target' }
  );
}

const NOTHING = { placed: [], renamed: new Map<string, string>(), beside: new Map() };

/** Series that are on one target: those of one `job` and `instance`. */
function groupsOf(series: readonly RecipeSeries[], circleOf: CircleOf): RecipeSeries[][] {
  const key = (one: RecipeSeries): string =>
    ['job', 'instance']
      .map((label) => keyIn(label, one.labels[label] ?? '', circleOf(one, label)))
      .join('\u0002');
  return [...groupBy(series, key).values()];
}

/** Searches from the beginning, the plainest first. */
function waysOf(state: Search): Search[] {
  const strict = { ...state, anyJob: false, circleOf: undefined };
  const sharing = { ...strict, sharing: true };
  return [
    ...[strict, sharing, ...(state.anyJob ? [{ ...sharing, anyJob: true }] : [])],
    ...(state.circleOf
      ? [
          { ...strict, circleOf: state.circleOf },
          { ...sharing, circleOf: state.circleOf },
        ]
      : []),
  ];
}

/** The first reason, with what all jobs have instead. */
function withAllJobs([first, ...others]: readonly Unplaced[]): Unplaced | undefined {
  if (!first?.lacks) return first;
  const { lacks, reason } = first;
  const same = others.filter((one) => one.reason === reason);
  const given = [
    ...new Set([lacks, ...same.flatMap((one) => one.lacks ?? [])].map((l) => l.given)),
  ];
  const told = given
    .slice(0, MOST_TOLD)
    .map((value) => (value === '' ? `no ${lacks.label}` : `${lacks.label}="${value}"`));
  const more = given.length - told.length;
  return {
    ...first,
    reason:
      given.length === 1
        ? `${reason}, and the targets of job ${lacks.job} have ${told[0] ?? ''}`
        : `${reason}, and the targets of the jobs have ${told.join(', ')}` +
          (more > 0 ? ` and ${more} others` : ''),
  };
}

function assign(groups: RecipeSeries[][], sofar: Placement, state: Search): Placement | undefined {
  const [group, ...rest] = groups;
  if (!group) return sofar;
  const { own: there, handedOn } = byWriter(group, candidates(group, state), state);
  const tried = (job: JobTargets, target: JobTarget, shared = false): Placement | undefined => {
    if (state.steps++ > MOST_STEPS) return undefined;
    const ownLabel = shared ? state.ownLabel : undefined;
    const next = onTarget(group, job, target, sofar, { ...state, ownLabel });
    return next && assign(rest, next, state);
  };
  for (const shared of state.sharing ? [false, true] : [false])
    for (const { job, target } of there) {
      const done = tried(job, target, shared);
      if (done) return done;
    }
  for (const job of new Set(there.map((one) => one.job))) {
    const target = targetFor(group, job, sofar, state);
    const done = target && tried(job, target);
    if (done) return done;
  }
  for (const { job, target } of handedOn) {
    const done = tried(job, target);
    if (done) return done;
  }
  return undefined;
}

/**
 * Where labels are honoured a target may hand on what was written of other scrapes elsewhere; but
 * not of a job that the stack scrapes itself.
 */
function byWriter(
  group: readonly RecipeSeries[],
  all: JobAndTarget[],
  { jobs }: Search,
): { own: JobAndTarget[]; handedOn: JobAndTarget[] } {
  if (!group.some(({ metric }) => isReport(metric))) return { own: all, handedOn: [] };
  const isOwn = ({ job, target }: JobAndTarget): boolean =>
    job.config['honor_labels'] !== true ||
    group.every(({ labels }) => labels['job'] === target.labels['job']);
  const scraped = new Set(jobs.flatMap(({ targets }) => targets.map((t) => t.labels['job'])));
  const isScrapedHere = group.some(({ labels }) => scraped.has(labels['job']));
  return {
    own: all.filter(isOwn),
    handedOn: isScrapedHere ? [] : all.filter((one) => !isOwn(one)),
  };
}

/** A target that has what these series need, where the job's targets are made up. */
function targetFor(
  group: readonly RecipeSeries[],
  job: JobTargets,
  { placed, renamed, circleOf }: Placement,
  { free, suffix }: Search,
): JobTarget | undefined {
  const given = job.targets[0]?.labels ?? {};
  const needed = group.flatMap((one) => {
    const { metric, labels } = one;
    return Object.entries(labels).flatMap(([label, value]): [string, string][] => {
      const key = keyIn(label, value, circleOf(one, label));
      const isFree = free.has(valueKey(label, value));
      // What is written of a scrape has no label but the target's.
      const isOfTarget = label in given || (isReport(metric) && !isFree);
      // Each target has an instance of its own.
      if (!isOfTarget || (isFree && label === 'instance')) return [];
      return [[label, renamed.get(key) ?? (isFree ? `${value}${suffix}` : value)]];
    });
  });
  const others = placed.filter((one) => one.job === job).map(({ target }) => target);
  return anotherTarget(
    job,
    Object.fromEntries(needed),
    others.filter((target) => !job.targets.includes(target)),
  );
}
