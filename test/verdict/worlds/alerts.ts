import type { Evidence } from '../../../src/model/evidence.ts';
import type { FindingId } from '../../../src/model/finding.ts';
import type { Track } from '../../../src/model/track.ts';
import type { Verdict } from '../../../src/model/verdict.ts';
import { makePlan } from '../../../src/plan/index.ts';
import { judge } from '../../../src/verdict/index.ts';
import { T0, active, perfectEvidence, tell, toldOf, untell } from '../../support/perfect.ts';
import type { Told } from '../../support/perfect.ts';
import { smallSpec } from '../../support/spec.ts';
import type { BrokenWorld } from './world.ts';

/** The plan of a small stack, and what belongs to a part of it. */
export const plan = makePlan(smallSpec(), 'small', 60);
export const trackOf = (id: string): Track => plan.tracks.find((t) => t.id === id)!;
export const stepOf = (id: string, phase: string): { startMs: number; endMs: number } =>
  trackOf(id).steps.findLast((s) => s.phase === phase)!;

const seriesOf = (e: Evidence, alert: string, state: string): Evidence['series'] =>
  e.series.filter((s) => s.labels['alertname'] === alert && s.labels['alertstate'] === state);
/** Moves everything that was told of an alert. */
export const delay = (
  e: Evidence,
  alert: string,
  status: 'firing' | 'resolved',
  byMs: number,
): void => {
  for (const { notification, delivery } of toldOf(e, alert, status)) {
    notification.receivedAt += byMs;
    delivery.receivedAt += byMs;
  }
};

const memory = 'HighMemoryUsage';
const kill = (e: Evidence, from: number): void => {
  for (const s of e.series.filter((x) => x.labels['alertname'] === memory))
    s.samples = s.samples.filter(([t]) => t < from);
  untell(e, memory);
};
const shiftFiring = (e: Evidence, byMs: number): void => {
  const pending = seriesOf(e, memory, 'pending').at(-1)!;
  const firing = seriesOf(e, memory, 'firing')[0]!;
  if (byMs > 0) {
    const moved = firing.samples.splice(0, byMs / 500);
    pending.samples.push(...moved);
  } else firing.samples.unshift(...pending.samples.splice(byMs / 500));
  delay(e, memory, 'firing', byMs);
};

const BROKEN: [string, FindingId[], (e: Evidence) => void][] = [
  [
    'a target that is never scraped, and nothing else for its sake',
    ['target-not-scraped'],
    (e) => {
      e.unscraped = [{ job: 'node', error: 'server returned HTTP status 404 Not Found' }];
    },
  ],
  [
    'its own outage can’t be judged then, and others’ can',
    [
      'target-not-scraped',
      ...(['could-not-judge', 'could-not-judge'] as const),
      ...(['blip-unnoticed', 'never-pending', 'never-pending'] as const),
    ],
    (e) => {
      e.unscraped = [{ job: 'backend', error: 'server returned HTTP status 404 Not Found' }];
      e.series = e.series.filter(({ labels }) => labels['alertname'] !== 'ServiceDown');
    },
  ],
  [
    'active near the limit',
    ['fired-below-limit'],
    (e) => active(e, trackOf(memory), 'warning', T0 + 1_000, 2, 0, 500),
  ],
  [
    'a blip that nobody sees',
    ['blip-unnoticed'],
    (e) => {
      e.series = e.series.filter(
        (s) =>
          !(
            s.labels['alertname'] === memory &&
            s.samples[0]![0] < T0 + stepOf(memory, 'breach').startMs
          ),
      );
    },
  ],
  [
    'firing on a blip',
    ['fired-on-blip'],
    (e) =>
      active(e, trackOf(memory), 'warning', T0 + stepOf(memory, 'blip').startMs + 500, 1, 2, 500),
  ],
  ['never pending', ['never-pending'], (e) => kill(e, T0 + stepOf(memory, 'breach').startMs)],
  [
    'pending late, and firing exactly after',
    ['pending-late'],
    (e) => {
      const [lateMs, evaluations] = [1_500, 3];
      const pending = seriesOf(e, memory, 'pending').at(-1)!;
      pending.samples = pending.samples.map(([at, value]) => [at + lateMs, value]);
      seriesOf(e, memory, 'firing')[0]!.samples.splice(0, evaluations);
      delay(e, memory, 'firing', lateMs);
    },
  ],
  [
    'pending, never firing',
    ['never-fired'],
    (e) => {
      e.series = e.series.filter((s) => s !== seriesOf(e, memory, 'firing')[0]);
      untell(e, memory);
    },
  ],
  ['firing one evaluation early', ['fired-early'], (e) => shiftFiring(e, -500)],
  ['firing one evaluation late', ['fired-late'], (e) => shiftFiring(e, 500)],
  ['Slack is never told', ['not-received'], (e) => untell(e, memory, 'firing')],
  [
    'another channel is told',
    ['not-received'],
    (e) => {
      toldOf(e, memory, 'firing')[0]!.delivery.to = '#random';
    },
  ],
  [
    'Alertmanager notifies, and nothing arrives',
    ['not-received'],
    (e) => {
      const [{ delivery }] = toldOf(e, memory, 'firing') as [Told];
      e.deliveries = e.deliveries.filter((d) => d !== delivery);
    },
  ],
  [
    'a message that comes long after the webhook beside it',
    ['could-not-judge'],
    (e) => {
      toldOf(e, memory, 'firing')[0]!.delivery.receivedAt += 2_500;
    },
  ],
  ['Slack is told late', ['received-late'], (e) => delay(e, memory, 'firing', 2_500)],
  ['the end is never told', ['resolution-not-received'], (e) => untell(e, memory, 'resolved')],
  [
    'another severity',
    ['wrong-severity'],
    (e) =>
      e.series
        .filter((s) => s.labels['alertname'] === memory)
        .forEach((s) => (s.labels['severity'] = 'critical')),
  ],
  [
    'labels missing',
    ['wrong-labels'],
    (e) =>
      toldOf(e, memory).forEach(
        ({ notification }) => delete notification.alerts[0]!.labels['severity'],
      ),
  ],
  [
    'a placeholder left',
    ['wrong-text'],
    (e) => toldOf(e, memory).forEach(({ delivery }) => (delivery.text += ' <no value>')),
  ],
  [
    'a mail for a warning',
    ['unexpected-notification'],
    (e) =>
      void tell(
        e,
        trackOf(memory),
        'warning',
        'email',
        'firing',
        T0 + stepOf(memory, 'recovery').startMs,
      ),
  ],
  [
    'told twice',
    ['unexpected-notification'],
    (e) =>
      void tell(
        e,
        trackOf(memory),
        'warning',
        'slack',
        'firing',
        T0 + stepOf(memory, 'recovery').startMs,
      ),
  ],
  [
    'firing for somebody else',
    ['unexpected-alert'],
    (e) =>
      active(
        e,
        { alert: memory, labels: { job: 'node', instance: 'other:1' } },
        'warning',
        T0 + 5_000,
        0,
        3,
        500,
      ),
  ],
  [
    'a follower is told',
    ['not-inhibited'],
    (e) =>
      void tell(
        e,
        { alert: 'HighErrorRate', labels: { job: 'backend' } },
        'critical',
        'slack',
        'firing',
        T0 + stepOf('ServiceDown/backend', 'outage').startMs + 3_000,
      ),
  ],
  [
    'still firing after the recovery',
    ['not-resolved'],
    (e) => {
      const s = seriesOf(e, memory, 'firing')[0]!;
      for (let i = 0; i < 5; i++) s.samples.push([s.samples.at(-1)![0] + 500, 1]);
      delay(e, memory, 'resolved', 2_400);
    },
  ],
  ['no Watchdog at all: nothing else is judged', ['watchdog-silent'], (e) => untell(e, 'Watchdog')],
  [
    'a Watchdog that outlives Prometheus',
    ['silence-not-kept'],
    (e) =>
      void tell(
        e,
        { alert: 'Watchdog', labels: {} },
        'none',
        'webhook',
        'firing',
        T0 + plan.lengthMs - 500,
      ),
  ],
  [
    'a message that comes late after an evaluation that did not take place',
    ['could-not-judge'],
    (e) => {
      delay(e, memory, 'firing', 2_500);
      e.groups[0]!.iterationsMissed = 1;
    },
  ],
];

/** What is judged of a perfect world to which something was done. */
export function judgedAlerts(change: (e: Evidence) => void): Verdict[] {
  const evidence = perfectEvidence(plan);
  change(evidence);
  return judge(plan, evidence).verdicts;
}

/** Worlds in which an alert breaks one promise. */
export const ALERT_WORLDS: BrokenWorld[] = BROKEN.map(([name, findings, change]) => ({
  name,
  findings,
  broken: () => judgedAlerts(change),
  repaired: () => judgedAlerts(() => undefined),
}));
