import { PROOF_ADDRESSES } from '../../model/proof-plan.ts';
import type { ProofPlan, ProofTrack } from '../../model/proof-plan.ts';
import type { Subject } from './subject.ts';
import type { PlannedAlert } from './alerts.ts';
import { unjudged } from './company.ts';
import type { Company } from './company.ts';
import type { JobTargets } from './target.ts';
import { longestCrossingMs } from './margins.ts';
import { askingBack } from './asks-back.ts';
import { readOtherwise } from './ages.ts';
import { longestStepMs, servedLive } from './served.ts';
import { arranged } from './arrange.ts';
import type { Candidate } from './arrange.ts';
import type { Placement, PlacedSeries } from './on-target.ts';
import { takenTargets } from './reported.ts';
import type { TakenTargets } from './reported.ts';
import { whyNotFaster } from './rule-files.ts';
import type { StandInAlert } from './rule-files.ts';
import { holdingBack } from './time-intervals.ts';
import { queryOffsetMs, resultOffsetMs } from './query-offset.ts';
import { labelsInStates } from './alert-labels.ts';
import { labelRoutedByValue } from './routed-by-value.ts';
import { lifeOf, standInTimeline } from './times.ts';
import type { Intervals, Life } from './times.ts';

/** An alert with where and when it is provoked. */
export interface Provoked {
  track: ProofTrack;
  alert: PlannedAlert;
  /** Empty for a stand-in. */
  placed: PlacedSeries[];
  taken: TakenTargets;
}

export interface TrackPlan {
  tracks: ProofTrack[];
  provoked: Provoked[];
  standIns: StandInAlert[];
  /** Alerts that aren't provoked: of which nothing is left to be proved live, or can be. */
  virtual: ProofPlan['notProvoked'];
}

const NOTHING: TakenTargets = { down: [], gone: [] };

/** The job of the series that stand for expressions. */
export function standInJob(): JobTargets {
  const { host, port } = PROOF_ADDRESSES.own;
  const address = `${host}:${port}`;
  const target = {
    discovered: { __address__: address },
    labels: {},
    host,
    port,
    protocol: 'http' as const,
    path: '/metrics',
    params: {},
  };
  const config = { job_name: 'gtv-stand-ins', honor_labels: true };
  return {
    name: 'gtv-stand-ins',
    config,
    targets: [target],
    isMadeUp: false,
    droppedBy: undefined,
  };
}

/** Places all alerts in time: side by side where they don't touch, else one after the other. */
export function trackPlan(
  stack: Subject,
  alerts: PlannedAlert[],
  jobs: JobTargets[],
  intervals: Intervals,
  speed: number,
  withinMs: number,
  company: Company,
): TrackPlan {
  const virtual = leftOutOf(alerts, company);
  const placed = provokable(alerts, virtual);
  const otherwise = readOtherwise(stack.rules.flatMap(({ expression }) => expression.expr ?? []));
  const own = (alert: PlannedAlert): Intervals => ({
    ...intervals,
    evaluationMs: alert.rule.group.evaluationMs ?? intervals.evaluationMs,
  });
  const standIn = (alert: PlannedAlert, why: string): Candidate => ({
    alert,
    life: lifeOf(standInTimeline(own(alert)), own(alert), speed, {
      offsetMs: queryOffsetMs(stack, alert.rule),
    }),
    why,
    placed: [],
    taken: NOTHING,
  });
  const candidates = placed.map((alert): Candidate => {
    const taken = takenTargets(alert, jobs);
    const why =
      typeof taken === 'string'
        ? taken
        : (company.never.get(alert.recipe.alert.index)?.why ?? whyVirtual(alert, speed, otherwise));
    if (typeof taken === 'string' || why !== undefined) return standIn(alert, why ?? '');
    const served = servedLive(alert, alert.placement.placed, intervals, speed);
    if (typeof served === 'string') return standIn(alert, served);
    const life = lifeOf(alert.recipe.pairs[0].timeline, own(alert), speed, {
      rediscovers: taken.gone.length > 0,
      stepMs: longestStepMs(alert.recipe.pairs[0].series),
      crossingMs: longestCrossingMs(served, speed, alert.recipe.windowMs),
      offsetMs: resultOffsetMs(stack, alert),
    });
    if (life.endMs > withinMs * speed) return standIn(alert, tooLong(life, speed, withinMs));
    return { alert, life, why: '', placed: served, taken };
  });
  const inhibitions = stack.alertmanager?.inhibitions ?? [];
  const first = arranged(candidates, inhibitions, company.alone, speed * withinMs);
  // What finds no room among the others is delivered all the same.
  const second = first.some((start) => start === undefined)
    ? candidates.map((one, i) =>
        first[i] === undefined && one.why === ''
          ? standIn(one.alert, `there is no room for it beside the others within ${text(withinMs)}`)
          : one,
      )
    : candidates;
  const starts =
    second === candidates ? first : arranged(second, inhibitions, company.alone, speed * withinMs);
  const plan: TrackPlan = { tracks: [], provoked: [], standIns: [], virtual };
  second.forEach((one, i) => add(plan, one, starts[i], own(one.alert), speed, stack));
  return plan;
}

/** Those of which virtual time has shown that they can't be provoked here, or can't be judged. */
function leftOutOf(alerts: readonly PlannedAlert[], { never }: Company): TrackPlan['virtual'] {
  return alerts.flatMap(({ recipe: { alert } }) => {
    const left = never.get(alert.index);
    return left && left.kind !== 'virtual' ? [{ alert, ...left }] : [];
  });
}

/** Those that have a place in the stack, and aren't left out. */
function provokable(
  alerts: readonly PlannedAlert[],
  left: TrackPlan['virtual'],
): (PlannedAlert & { placement: Placement })[] {
  const out = new Set(left.map(({ alert }) => alert));
  return alerts.filter(
    (alert): alert is PlannedAlert & { placement: Placement } =>
      'placed' in alert.placement && !out.has(alert.recipe.alert),
  );
}

function add(
  plan: TrackPlan,
  { alert, life, why, placed, taken }: Candidate,
  start: number | undefined,
  intervals: Intervals,
  speed: number,
  stack: Subject,
): void {
  if (why !== '' && alert.comesAndGoes !== undefined) {
    plan.virtual.push({ alert: alert.recipe.alert, ...unjudged(alert.comesAndGoes) });
    return;
  }
  const byValue = why === '' ? undefined : labelRoutedByValue(stack, alert.rule);
  if (start === undefined || (why !== '' && !stack.alertmanager) || byValue !== undefined) {
    const untold = byValue && `; who is told follows from its value, by the label ${byValue}`;
    plan.virtual.push({
      alert: alert.recipe.alert,
      kind: 'virtual',
      why: `${why || 'there is no room for it'}${untold ?? ''}`,
      source: null,
    });
    return;
  }
  const run = (ms: number): number => Math.round(ms / speed);
  const at = (ms: number): number => run(start + ms);
  const id = String(alert.recipe.alert.index);
  const pendingMs = why === '' ? alert.recipe.forMs : intervals.evaluationMs;
  const track: ProofTrack = {
    id,
    alert: alert.recipe.alert,
    way: why === '' ? 'live' : 'virtual',
    why,
    startMs: at(0),
    settledAtMs: at(life.settledAtMs),
    overAtMs: at(life.overAtMs),
    calmAtMs: at(life.calmAtMs),
    endMs: at(life.endMs),
    activeWithinMs: run(life.activeWithinMs),
    forMs: run(Math.ceil(pendingMs / intervals.evaluationMs) * intervals.evaluationMs),
    evaluationMs: run(intervals.evaluationMs),
    queryOffsetMs: run(queryOffsetMs(stack, alert.rule)),
    resolvedWithinMs: run(life.resolvedWithinMs),
    toldWithinMs: run(life.toldWithinMs),
    labels: labelsInStates(alert.labels),
    series: placed.map(({ series, final, job, target }) => ({
      metric: series.metric,
      labels: final,
      job: job.name,
      target: `${target.host}:${target.port}`,
    })),
    behind: why === '' ? alert.behind.map(({ name }) => name) : [],
    timeIntervals: holdingBack(stack.alertmanager, alert.notified),
    asksBack: askingBack(alert.rule),
    always: why === '' && placed.length === 0,
    ...(alert.comesAndGoes !== undefined && { comesAndGoes: alert.comesAndGoes }),
  };
  plan.tracks.push(track);
  plan.provoked.push({ track, alert, placed, taken });
  if (why !== '') plan.standIns.push({ rule: alert.rule, id });
}

function whyVirtual(
  alert: PlannedAlert,
  speed: number,
  otherwise: ReadonlySet<string>,
): string | undefined {
  const { recipe } = alert;
  const series = recipe.pairs[0].series;
  const kinds = new Set(series.flatMap((one) => Object.values(one.shapes).map(({ kind }) => kind)));
  if (kinds.has('histogram')) return 'native histograms are served to nobody yet';
  if (kinds.has('silent')) return 'what a target no longer has is marked as stale at once';
  if (recipe.readsClock) return 'it fires by the time of day';
  return speed === 1 ? undefined : whyNotFaster(alert, speed, otherwise);
}

function tooLong(life: Life, speed: number, withinMs: number): string {
  return `its life takes ${text(life.endMs / speed)} at speed ${speed}, and there are ${text(withinMs)}`;
}

function text(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
