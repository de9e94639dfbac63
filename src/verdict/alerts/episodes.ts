import { pendingMs } from '../../lib/formulas.ts';
import type { Evidence } from '../../model/evidence.ts';
import type { Plan, Timing } from '../../model/plan.ts';

/**
 * One stretch of time in which an alert instance was active: pending, and perhaps firing. Times are
 * evaluation times, epoch ms.
 */
export interface Episode {
  alert: string;
  /** Labels of the alert without `alertname` and `alertstate`. */
  labels: Record<string, string>;
  /** First evaluation at which it was active (pending, or firing at once). */
  activeAt: number;
  /** First evaluation at which it fired. */
  firingAt: number | null;
  /** Last evaluation at which it was active. */
  lastAt: number;
  pendingSamples: number;
}

/**
 * Whether it fired sooner after it became active than its `for` allows. Evaluations lie on a grid:
 * whatever is off is off by a whole interval, and no lateness makes the time shorter.
 */
export function firesEarly({ firingAt, activeAt }: Episode, timing: Timing): boolean {
  return firingAt !== null && firingAt - activeAt < pendingMs(timing) - timing.evaluationMs / 4;
}

/**
 * Two samples further apart than this many evaluation intervals belong to two episodes: an
 * evaluation in between said "not active".
 */
export const GAP = 1.5;
/** How often an alert is evaluated that the plan doesn't know, at real time, ms. */
const USUAL_EVALUATION_MS = 15_000;

/** When an alert instance was active, and how: epoch ms and state of each evaluation. */
interface Instance {
  alert: string;
  labels: Record<string, string>;
  states: [atMs: number, state: string][];
}

/**
 * The lives of all alert instances, read from the ALERTS series that Prometheus writes at each
 * evaluation (rules/alerting.go, `sample`): a sample while active, none while not.
 */
export function episodesOf(evidence: Evidence, plan: Plan): Episode[] {
  return instancesIn(evidence).flatMap((instance) => {
    const timing = plan.alerts.find(({ alert }) => alert === instance.alert)?.timing;
    return livesOf(instance, GAP * (timing?.evaluationMs ?? USUAL_EVALUATION_MS / plan.speed));
  });
}

function instancesIn(evidence: Evidence): Instance[] {
  const instances = new Map<string, Instance>();
  for (const series of evidence.series) {
    const { __name__: name, alertname, alertstate, ...labels } = series.labels;
    if (name !== 'ALERTS' || !alertname || !alertstate) continue;
    const key = JSON.stringify([alertname, Object.entries(labels).sort()]);
    const instance = instances.get(key) ?? { alert: alertname, labels, states: [] };
    instances.set(key, instance);
    for (const [at] of series.samples) instance.states.push([at, alertstate]);
  }
  return [...instances.values()];
}

function livesOf({ alert, labels, states }: Instance, gapMs: number): Episode[] {
  const episodes: Episode[] = [];
  for (const [at, state] of states.sort((a, b) => a[0] - b[0])) {
    let episode = episodes.at(-1);
    if (!episode || at - episode.lastAt > gapMs) {
      episode = { alert, labels, activeAt: at, firingAt: null, lastAt: at, pendingSamples: 0 };
      episodes.push(episode);
    }
    episode.lastAt = at;
    if (state === 'firing') episode.firingAt ??= at;
    else episode.pendingSamples++;
  }
  return episodes;
}
