import { PROOF_ADDRESSES } from '../../model/proof.ts';
import type { ProofPlan, ProofTrack } from '../../model/proof.ts';
import type { Subject } from './subject.ts';
import type { PlannedAlert } from './alerts.ts';
import { conflict } from './conflicts.ts';
import type { Footprint } from './conflicts.ts';
import type { JobTargets } from './discover.ts';
import type { Placement, PlacedSeries } from './place.ts';
import { isReport } from './place.ts';
import { whyNotFaster } from './rule-files.ts';
import type { StandInAlert } from './rule-files.ts';
import { schedule } from './schedule.ts';
import { lifeOf, standInTimeline } from './times.ts';
import type { Intervals, Life } from './times.ts';

/** An alert with where and when it is provoked. */
export interface Provoked {
  track: ProofTrack;
  alert: PlannedAlert;
  /** Empty for a stand-in. */
  placed: PlacedSeries[];
}

export interface TrackPlan {
  tracks: ProofTrack[];
  provoked: Provoked[];
  standIns: StandInAlert[];
  /** Alerts of which nothing is left to be proved live. */
  virtual: ProofPlan['notProvoked'];
}

interface Candidate {
  alert: PlannedAlert;
  life: Life;
  /** Why it is proved in virtual time; empty: live. */
  why: string;
  placed: PlacedSeries[];
}

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
  intervals: Intervals,
  speed: number,
  withinMs: number,
): TrackPlan {
  const placed = alerts.filter(
    (alert): alert is PlannedAlert & { placement: Placement } => 'placed' in alert.placement,
  );
  const virtual: TrackPlan['virtual'] = [];
  const own = (alert: PlannedAlert): Intervals => ({
    ...intervals,
    evaluationMs: alert.rule.group.evaluationMs ?? intervals.evaluationMs,
  });
  const standIn = (alert: PlannedAlert, why: string): Candidate => ({
    alert,
    life: lifeOf(standInTimeline(own(alert)), own(alert), speed),
    why,
    placed: [],
  });
  const candidates = placed.map((alert): Candidate => {
    const why = whyVirtual(alert, speed);
    if (why !== undefined) return standIn(alert, why);
    const life = lifeOf(alert.recipe.pairs[0].timeline, own(alert), speed);
    if (life.endMs > withinMs * speed) return standIn(alert, tooLong(life, speed, withinMs));
    return { alert, life, why: '', placed: alert.placement.placed };
  });
  const arranged = arrange(stack, candidates, speed, withinMs);
  // What finds no room among the others is delivered all the same.
  const second = arranged.some((start) => start === undefined)
    ? candidates.map((one, i) =>
        arranged[i] === undefined && one.why === ''
          ? standIn(one.alert, `there is no room for it beside the others within ${text(withinMs)}`)
          : one,
      )
    : candidates;
  const starts = second === candidates ? arranged : arrange(stack, second, speed, withinMs);
  const plan: TrackPlan = { tracks: [], provoked: [], standIns: [], virtual };
  second.forEach((one, i) => add(plan, one, starts[i], own(one.alert), speed, stack));
  return plan;
}

function add(
  plan: TrackPlan,
  { alert, life, why, placed }: Candidate,
  start: number | undefined,
  intervals: Intervals,
  speed: number,
  stack: Subject,
): void {
  if (start === undefined || (why !== '' && !stack.alertmanager)) {
    plan.virtual.push({
      alert: alert.recipe.alert,
      kind: 'virtual',
      why: why || 'there is no room for it',
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
    resolvedWithinMs: run(life.resolvedWithinMs),
    toldWithinMs: run(life.toldWithinMs),
    labels: alert.labels,
    series: placed.map(({ series, final, job, target }) => ({
      metric: series.metric,
      labels: final,
      job: job.name,
      target: `${target.host}:${target.port}`,
    })),
    always: why === '' && placed.length === 0,
  };
  plan.tracks.push(track);
  plan.provoked.push({ track, alert, placed });
  if (why !== '') plan.standIns.push({ rule: alert.rule, id });
}

function arrange(
  stack: Subject,
  candidates: Candidate[],
  speed: number,
  withinMs: number,
): (number | undefined)[] {
  const prints = candidates.map(footprintOf);
  const inhibitions = stack.alertmanager?.inhibitions ?? [];
  const jobs = candidates.map(({ life }, i) => ({
    lengthMs: life.endMs,
    conflicts: new Set(
      prints.flatMap((other, j) => {
        const own = prints[i];
        return own && i !== j && conflict(own, other, inhibitions) ? [j] : [];
      }),
    ),
  }));
  return schedule(jobs, withinMs * speed);
}

function footprintOf({ alert, placed, why }: Candidate): Footprint {
  const targets = placed.map(({ target }) => target);
  return {
    readings: why === '' ? alert.readings : [],
    series: placed.map(({ series, final }) => ({ metric: series.metric, labels: final })),
    downs: placed.filter(({ series }) => isDown(series)).map(({ target }) => target),
    targets,
    result: alert.result,
    alert: { alertname: alert.rule.name, ...alert.labels },
  };
}

/** Whether a series is one that Prometheus writes by itself, and that says a target is down. */
export function isDown({ metric, shapes }: PlacedSeries['series']): boolean {
  return (
    isReport(metric) &&
    Object.values(shapes).some((shape) => shape.kind === 'value' && shape.value === 0)
  );
}

function whyVirtual(
  { rule, recipe, behind, placement }: PlannedAlert,
  speed: number,
): string | undefined {
  const series = recipe.pairs[0].series;
  if (series.some(({ shapes }) => Object.values(shapes).some(({ kind }) => kind === 'histogram')))
    return 'native histograms are served to nobody yet';
  if (recipe.readsClock) return 'it fires by the time of day';
  const slow = speed === 1 ? undefined : whyNotFaster(rule, behind, speed);
  if (slow !== undefined) return slow;
  const reported = 'placed' in placement ? placement.placed.filter(hasOwnReport) : [];
  const odd = reported.find(({ series: one }) => !isUpOrDown(one));
  return odd && `${odd.series.metric} is what Prometheus itself writes of a scrape`;
}

/** Whether Prometheus, not the target, writes this series: where labels are honoured the target's own word stands. */
function hasOwnReport({ series, exported }: PlacedSeries): boolean {
  return isReport(series.metric) && exported['job'] === undefined;
}

function isUpOrDown({ metric, shapes }: PlacedSeries['series']): boolean {
  return (
    metric === 'up' &&
    Object.values(shapes).every((s) => s.kind === 'value' && (s.value === 0 || s.value === 1))
  );
}

function tooLong(life: Life, speed: number, withinMs: number): string {
  return `its life takes ${text(life.endMs / speed)} at speed ${speed}, and there are ${text(withinMs)}`;
}

function text(ms: number): string {
  return ms < 120_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;
}
