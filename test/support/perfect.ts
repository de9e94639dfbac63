import type { Delivery, Notification } from '../../src/model/notification.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Series } from '../../src/model/series.ts';
import { keptMs, pendingMs } from '../../src/lib/formulas.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Track } from '../../src/model/track.ts';

export const T0 = 1_900_000_000_000;

/**
 * What a stack that keeps every promise leaves behind: the evidence of a made-up world that follows
 * the plan to the letter.
 */
export function perfectEvidence(plan: Plan): Evidence {
  const evidence: Evidence = {
    schemaVersion: 5,
    runId: 'test',
    startedAt: T0 - 8_000,
    t0: T0,
    endedAt: T0 + plan.lengthMs + 1_000,
    interruption: null,
    timeline: Object.entries(plan.signals).flatMap(([signal, steps]) =>
      steps.map((s) => ({
        step: s.step,
        signal,
        level: s.level,
        plannedAt: T0 + s.atMs,
        at: T0 + s.atMs,
        doneAt: T0 + s.atMs,
      })),
    ),
    notifications: [],
    deliveries: [],
    blocks: null,
    pushes: [],
    series: [],
    expressions: {},
    groups: [
      {
        file: '/etc/prometheus/alerts/all.yml',
        name: 'all',
        intervalMs: 500,
        evaluationAt: T0,
        iterationsMissed: 0,
        lastDurationMs: 3,
        evaluations: [],
      },
    ],
    queryErrors: [],
    metrics: [],
    metadata: [],
    answers: {},
    panels: {},
    variables: {},
    grafana: null,
    truth: [],
    k6: {
      exitCode: 0,
      requests: 1_000,
      droppedIterations: 0,
      counts: [],
      times: [],
      slots: {},
      steps: {},
    },
    versions: {},
    notJudged: [],
    lags: [],
    wall: { startupMs: 8_000, tracksMs: plan.lengthMs, teardownMs: 1_000 },
  };
  for (const track of plan.tracks) live(plan, track, evidence);
  const silent = plan.tracks.filter((t) =>
    plan.jobs.some((j) => j.toldBySilence && j.name === t.labels['job']),
  );
  const down = silent.map((t) => ({
    from: T0 + start(t, 'outage'),
    to: T0 + (t.steps.find((s) => s.phase === 'return')?.startMs ?? Infinity),
  }));
  const dead = start(
    silent.find((t) => !t.steps.some((s) => s.phase === 'return')),
    'outage',
  );
  const hear = (at: number): void => {
    if (at < T0 + dead) tellWatchdog(evidence, plan, at);
  };
  for (let at = T0 - 2_000; at < T0 + plan.lengthMs; at += plan.watchdog.everyMs)
    if (!down.some((d) => at >= d.from && at < d.to)) hear(at);
  const back = down.find((d) => d.to !== Infinity);
  if (back) hear(back.to + 100);
  return evidence;
}

function start(track: Track | undefined, phase: string): number {
  return track?.steps.findLast((s) => s.phase === phase)?.startMs ?? Infinity;
}

function live(plan: Plan, track: Track, evidence: Evidence): void {
  const alert = plan.alerts.find((a) => a.alert === track.alert);
  if (!alert) return;
  const E = alert.timing.evaluationMs;
  const grid = (ms: number): number => T0 + Math.ceil(ms / E) * E;
  const loud = track.steps.find((s) => s.phase === 'breach' || s.phase === 'outage');
  const end = track.steps.at(-1);
  const isDeath = loud !== undefined && loud === end;
  if (!isDeath && track.steps.some((s) => s.phase === 'blip'))
    active(evidence, track, alert.severity, grid(start(track, 'blip') + 300), 1, 0, E);
  if (!loud || !end || isDeath) return;
  const activeAt = grid(loud.startMs + 300);
  const firingAt = activeAt + pendingMs(alert.timing);
  const lastAt = grid(end.startMs) + keptMs(alert.timing);
  active(
    evidence,
    track,
    alert.severity,
    activeAt,
    pendingMs(alert.timing) / E,
    Math.round((lastAt - firingAt) / E) + 1,
    E,
  );
  const silent = plan.jobs.some((j) => j.toldBySilence && j.name === track.labels['job']);
  if (!silent) {
    for (const receiver of alert.receivers) {
      tell(
        evidence,
        track,
        alert.severity,
        receiver.kind,
        'firing',
        firingAt + alert.timing.groupWaitMs,
      );
      tell(evidence, track, alert.severity, receiver.kind, 'resolved', lastAt + E + 200);
    }
  }
  if (track.follower) {
    const provoke = start(track, 'provoke');
    active(
      evidence,
      { ...track, alert: track.follower.alert, labels: track.follower.labels },
      'critical',
      grid(provoke + 500),
      10,
      6,
      E,
    );
  }
}

/** Adds an episode: `pending` evaluations, then `firing` ones. */
export function active(
  evidence: Evidence,
  track: Pick<Track, 'alert' | 'labels'>,
  severity: string,
  fromMs: number,
  pending: number,
  firing: number,
  everyMs: number,
): void {
  const add = (state: string, from: number, count: number): void => {
    if (count === 0) return;
    const series: Series = {
      labels: {
        __name__: 'ALERTS',
        alertname: track.alert,
        alertstate: state,
        severity,
        ...track.labels,
      },
      samples: Array.from({ length: count }, (_, i) => [from + i * everyMs, 1]),
    };
    evidence.series.push(series);
  };
  add('pending', fromMs, pending);
  add('firing', fromMs + pending * everyMs, firing);
}

/** A notification of one alert, and what arrived of it. */
export interface Told {
  notification: Notification;
  delivery: Delivery;
}

/** Adds a notification of a track's alert. */
export function tell(
  evidence: Evidence,
  track: Pick<Track, 'alert' | 'labels'>,
  severity: string,
  kind: Delivery['kind'],
  status: 'firing' | 'resolved',
  receivedAt: number,
): Told {
  const { job = '', instance = '' } = track.labels;
  const labels = { alertname: track.alert, ...track.labels, severity };
  const to = kind === 'slack' ? '#alerts' : kind === 'email' ? 'oncall' : '/';
  const told: Told = {
    notification: {
      receivedAt,
      receiver: kind === 'webhook' ? 'watchdog' : kind,
      kind,
      to: kind === 'webhook' ? null : to,
      status,
      groupKey: `{}:{alertname="${track.alert}", job="${job}"}`,
      groupLabels: { alertname: track.alert, job },
      alerts: [{ status, labels, annotations: {} }],
    },
    delivery: {
      receivedAt: receivedAt + 20,
      kind,
      to,
      text: `${track.alert} ${job} is down on ${instance}`,
      raw: '',
    },
  };
  evidence.notifications.push(told.notification);
  evidence.deliveries.push(told.delivery);
  return told;
}

/** Adds a notification of the Watchdog at its receiver. */
export function tellWatchdog(evidence: Evidence, plan: Plan, at: number): Told {
  const kind = plan.alerts.find((a) => a.alert === plan.watchdog.alert)?.receivers[0]?.kind;
  const watchdog = { alert: plan.watchdog.alert, labels: {} };
  return tell(evidence, watchdog, 'none', kind ?? 'webhook', 'firing', at);
}

/** Everything that was told of an alert, in a world where each notification has its delivery. */
export function toldOf(evidence: Evidence, alert: string, status?: Notification['status']): Told[] {
  return evidence.notifications.flatMap((notification, i) => {
    const delivery = evidence.deliveries[i];
    const isOf = notification.alerts.some((a) => a.labels['alertname'] === alert);
    if (!isOf || !delivery || (status && status !== notification.status)) return [];
    return [{ notification, delivery }];
  });
}

/** Takes back what was told of an alert. */
export function untell(evidence: Evidence, alert: string, status?: Notification['status']): void {
  const gone = toldOf(evidence, alert, status);
  evidence.notifications = evidence.notifications.filter(
    (n) => !gone.some(({ notification }) => notification === n),
  );
  evidence.deliveries = evidence.deliveries.filter(
    (d) => !gone.some(({ delivery }) => delivery === d),
  );
}
