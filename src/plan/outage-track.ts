import { COMPONENT } from '../lib/components.ts';
import { componentSignal } from '../lib/plan-names.ts';
import { formatDuration } from '../lib/duration.ts';
import type { AlertContract, JobContract } from '../model/contract.ts';
import type { Timing } from '../model/plan.ts';
import type { Track } from '../model/track.ts';
import { levelsOf, riseMs, signalOf, surgeOf } from './levels.ts';
import type { Levels } from './levels.ts';
import { sequence } from './state-track.ts';
import {
  activeWithinMs,
  inactiveWithinMs,
  keptMs,
  pendingMs,
  receivedWithinMs,
} from '../lib/formulas.ts';
import { forgottenWithinMs, timingFor } from './timings.ts';
import type { Timings } from './timings.ts';

/** Silence is proved over this many of the Watchdog's own intervals. */
const SILENT_INTERVALS = 2;

export interface Follower {
  contract: AlertContract;
  timing: Timing;
}

/** An outage track and what else has to move with it. */
export interface OutagePlan {
  track: Track;
  /** Steps of the follower's own signal; it is calm until the first, whatever else the run does. */
  followerSteps: { atMs: number; level: number; phase: 'settle' | 'rest' | 'provoke' | 'outage' }[];
}

/**
 * A scraped job's component is frozen for less than `for`, then stopped, then started again.
 *
 * The freeze is placed on the evaluation grid (T0 lies on it) where it is known (`onGrid`): it
 * begins S + timeout before an evaluation, so that this evaluation sees `up == 0` and the one ⌈F/E⌉
 * later doesn't; without that, a `for` of two evaluations leaves no room between "perhaps unseen"
 * and "perhaps fired".
 *
 * With a follower, the follower's signal is raised first and the component stopped at a moment when
 * the alert on its outage fires before the follower's own `for` is over: the follower then fires
 * in Prometheus and must be inhibited.
 */
export function outageTrack(
  alert: AlertContract,
  job: JobContract,
  timings: Timings,
  startMs: number,
  follower: Follower | null,
  onGrid: boolean,
): OutagePlan | string {
  const timing = timingFor(timings, alert);
  const { scrapeMs: S, evaluationMs: E, epsilonMs: e } = timing;
  const freeze = onGrid ? freezeOnGrid(timing, startMs) : freezeAnywhere(timing, startMs);
  if (typeof freeze === 'string') return freeze;
  const { add, steps, endMs } = sequence(startMs);
  add('settle', freeze.fromMs - startMs, COMPONENT.running);
  add('blip', freeze.lastsMs, COMPONENT.frozen);
  add('rest', S + 2 * E + e, COMPONENT.running);
  const down = S + E + pendingMs(timing) + receivedWithinMs(timing, 'firing') + e;
  const provoking = follower && provokingOf(follower, timing);
  const raised = provoking && raiseFollower(provoking, { add, endMs }, startMs);
  add('outage', Math.max(down, raised?.outageMs ?? 0), COMPONENT.stopped);
  add(
    'return',
    timings.startMs(job.component) +
      inactiveWithinMs(timing) +
      receivedWithinMs(timing, 'resolved'),
    COMPONENT.running,
  );
  return { track: trackOf(alert, job, steps, follower), followerSteps: raised?.steps ?? [] };
}

/** How a follower is provoked before the outage that has to keep it quiet. All times in ms. */
interface Provoking {
  follower: Follower;
  levels: Levels;
  surge: number;
  /** From its signal's change until an evaluation surely sees it. */
  seenMs: number;
  /** From its provocation until the component is stopped. */
  provokeMs: number;
  /** It must rise within this, or nobody would have been told of it anyway. */
  latestMs: number;
  outage: Timing;
}

/** Undefined for a follower whose stimulus has no levels. */
function provokingOf(follower: Follower, outage: Timing): Provoking | undefined {
  const { contract, timing } = follower;
  const levels = levelsOf(contract.stimulus);
  if (!levels) return undefined;
  const { scrapeMs: S, evaluationMs: E, blipEpsilonMs } = outage;
  const seenMs = timing.scrapeMs + timing.evaluationMs + timing.responseMs;
  // As late as the outage's alert can still be first: the follower isn't active before its first
  // answers are there.
  const provokeMs =
    pendingMs(timing) + timing.responseMs - (S + E + pendingMs(outage)) - E - blipEpsilonMs;
  // Its last samples leave the window W after the stop; until then it must have fired for a
  // group_wait.
  const latestMs =
    provokeMs +
    timing.windowMs -
    2 * timing.scrapeMs -
    pendingMs(timing) -
    timing.groupWaitMs -
    seenMs;
  const surge = surgeOf(contract, levels);
  return { follower, levels, surge, seenMs, provokeMs, latestMs, outage };
}

/**
 * Raises the follower's signal until the component is stopped; from near its limit where it rises
 * too slowly from calm.
 * @returns the steps of its signal, and how long the outage has to last for it, ms
 */
function raiseFollower(
  { follower, levels, surge, seenMs, provokeMs, latestMs, outage }: Provoking,
  { add, endMs }: Pick<ReturnType<typeof sequence>, 'add' | 'endMs'>,
  startMs: number,
): { steps: OutagePlan['followerSteps']; outageMs: number } {
  const { timing } = follower;
  const steps: OutagePlan['followerSteps'] = [];
  steps.push({ atMs: startMs, level: levels.calm, phase: 'settle' });
  let from = levels.calm;
  if (riseMs(levels, timing, from, surge) > latestMs) {
    from = levels.near;
    steps.push({ atMs: endMs(), level: from, phase: 'rest' });
    add('rest', timing.windowMs + seenMs, COMPONENT.running);
  }
  steps.push({ atMs: endMs(), level: surge, phase: 'provoke' });
  add('provoke', provokeMs, COMPONENT.running);
  steps.push({ atMs: endMs(), level: levels.calm, phase: 'outage' });
  const toldMs =
    riseMs(levels, timing, from, surge) +
    seenMs +
    pendingMs(timing) +
    receivedWithinMs(timing, 'firing');
  // Until its last samples have left the window the follower goes on firing: the outage's alert
  // must still be there.
  const overMs = timing.windowMs + timing.evaluationMs + keptMs(timing) + outage.epsilonMs;
  return { steps, outageMs: Math.max(toldMs - provokeMs, overMs) };
}

interface Freeze {
  fromMs: number;
  lastsMs: number;
}

/** A freeze that one evaluation surely sees, and the one after next surely doesn't. */
function freezeOnGrid(timing: Timing, startMs: number): Freeze {
  const { scrapeMs: S, scrapeTimeoutMs: T, evaluationMs: E, freezeMarginMs } = timing;
  const seenMs = S + T + freezeMarginMs;
  return { fromMs: Math.ceil((startMs + S + T) / E + 1) * E - seenMs, lastsMs: seenMs + E / 2 };
}

/**
 * The same where nobody knows when evaluations are: one more may see it, so that `for` needs room
 * for it.
 */
function freezeAnywhere(timing: Timing, startMs: number): Freeze | string {
  const { scrapeMs: S, scrapeTimeoutMs: T, evaluationMs: E, blipEpsilonMs, forMs } = timing;
  const lastsMs = S + T + E + blipEpsilonMs;
  if (lastsMs + S + E > forMs)
    return (
      'it stands in another rule group than the first alert on outages, and no freeze is ' +
      `surely seen by its evaluations and shorter than \`for\` (scrape every ` +
      `${formatDuration(S)}, evaluation every ${formatDuration(E)}, for ` +
      `${formatDuration(forMs)})`
    );
  return { fromMs: startMs + S, lastsMs };
}

/**
 * The outage of Prometheus or Alertmanager: nobody can be told, so the Watchdog's silence has to
 * tell. The last alerts that Prometheus sent end by themselves.
 */
export function silenceTrack(
  alert: AlertContract,
  job: JobContract,
  timings: Timings,
  startMs: number,
): OutagePlan {
  const timing = timingFor(timings, alert);
  const { watchdogEveryMs } = timings;
  const { scrapeMs: S, evaluationMs: E, epsilonMs: e } = timing;
  const { add, steps } = sequence(startMs);
  const dies =
    job.component === 'prometheus' ? forgottenWithinMs(timing, timings) + watchdogEveryMs : 0;
  const silent = dies + e + SILENT_INTERVALS * watchdogEveryMs;
  add(
    'outage',
    Math.max(
      silent,
      job.component === 'prometheus' ? 0 : activeWithinMs(timing) + pendingMs(timing) + E,
    ),
    COMPONENT.stopped,
  );
  if (job.component !== 'prometheus')
    add(
      'return',
      timings.startMs(job.component) + S + 2 * E + watchdogEveryMs + e,
      COMPONENT.running,
    );
  return { track: trackOf(alert, job, steps, null), followerSteps: [] };
}

function trackOf(
  alert: AlertContract,
  job: JobContract,
  steps: Track['steps'],
  follower: Follower | null,
): Track {
  const signal = follower ? signalOf(follower.contract.stimulus) : null;
  return {
    id: `${alert.name}/${job.name}`,
    alert: alert.name,
    labels: { ...alert.labels, job: job.name, instance: job.target },
    signal: componentSignal(job.name),
    steps,
    follower:
      follower && signal
        ? { alert: follower.contract.name, labels: follower.contract.labels, signal }
        : null,
    after: null,
  };
}
