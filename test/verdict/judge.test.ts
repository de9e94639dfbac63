import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/model/evidence.ts';
import type { Plan, Track } from '../../src/model/plan.ts';
import type { FindingId } from '../../src/model/finding.ts';
import { makePlan } from '../../src/plan/index.ts';
import { judge } from '../../src/verdict/index.ts';
import {
  T0,
  active,
  perfectEvidence,
  tell,
  tellWatchdog,
  toldOf,
  untell,
} from '../support/perfect.ts';
import type { Told } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';
import { aboutOf } from '../support/expectations.ts';

const plan = makePlan(smallSpec(), 'small', 60);
const trackOf = (id: string): Track => plan.tracks.find((t) => t.id === id)!;
const stepOf = (id: string, phase: string): { startMs: number; endMs: number } =>
  trackOf(id).steps.findLast((s) => s.phase === phase)!;

/** The ids of everything that didn't pass, after something was done to a perfect world. */
function findings(change: (evidence: Evidence, plan: Plan) => void): FindingId[] {
  const evidence = perfectEvidence(plan);
  change(evidence, plan);
  return judge(plan, evidence)
    .verdicts.filter((v) => v.outcome !== 'pass')
    .map((v) => v.finding!.id);
}

const seriesOf = (e: Evidence, alert: string, state: string): Evidence['series'] =>
  e.series.filter((s) => s.labels['alertname'] === alert && s.labels['alertstate'] === state);
/** Moves everything that was told of an alert. */
const delay = (e: Evidence, alert: string, status: 'firing' | 'resolved', byMs: number): void => {
  for (const { notification, delivery } of toldOf(e, alert, status)) {
    notification.receivedAt += byMs;
    delivery.receivedAt += byMs;
  }
};

describe('a stack that keeps every promise', () => {
  it('passes, with a verdict for every track', () => {
    const judgement = judge(plan, perfectEvidence(plan));
    expect(judgement.verdicts.filter((v) => v.outcome !== 'pass')).toEqual([]);
    expect(judgement.exitCode).toBe(0);
    expect(new Set(judgement.verdicts.map(aboutOf))).toEqual(
      new Set([...plan.tracks.map((t) => t.id), 'Watchdog', 'ServiceDown']),
    );
    expect(judgement.counts.pass).toBeGreaterThan(30);
  });

  it('gives the same verdicts from evidence that was written and read back', () => {
    const evidence = perfectEvidence(plan);
    const copy = JSON.parse(JSON.stringify(evidence)) as Evidence;
    expect(judge(JSON.parse(JSON.stringify(plan)) as Plan, copy)).toEqual(judge(plan, evidence));
  });
});

describe('each finding has a world that fails with exactly it', () => {
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

  const worlds: [string, FindingId[], (e: Evidence) => void][] = [
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
      ['received-late'],
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
    [
      'no Watchdog at all: nothing else is judged',
      ['watchdog-silent'],
      (e) => untell(e, 'Watchdog'),
    ],
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
  ];

  it.each(worlds)('%s', (_name, expected, change) => {
    expect(findings(change)).toEqual(expected);
  });
});

describe('a Watchdog that reaches people by another way than a webhook', () => {
  it.each(['slack', 'email'])('by %s is heard, and missed when it falls silent', (receiver) => {
    const spec = smallSpec();
    spec.alertmanager.route.repeatIntervalMs = 60_000;
    for (const route of spec.alertmanager.route.routes) route.repeatIntervalMs = 60_000;
    spec.contract.alerts.find((a) => a.name === 'Watchdog')!.receivers = [receiver];
    const other = makePlan(spec, 'small', 60);
    const failed = (change: (e: Evidence) => void): (FindingId | undefined)[] => {
      const evidence = perfectEvidence(other);
      change(evidence);
      const { verdicts } = judge(other, evidence);
      return verdicts.filter((v) => v.outcome !== 'pass').map((v) => v.finding?.id);
    };
    expect(failed(() => undefined)).toEqual([]);
    expect(failed((e) => void tellWatchdog(e, other, T0 + other.lengthMs - 500))).toEqual([
      'silence-not-kept',
    ]);
    // Alertmanager's word alone isn't enough: people have to have got it.
    expect(failed((e) => void (e.deliveries = []))).toEqual(['watchdog-silent']);
  });
});

describe('alerts of one group in one message', () => {
  const grouped = (e: Evidence, alike: boolean): void => {
    const memory = trackOf('HighMemoryUsage');
    const [{ notification }] = toldOf(e, 'HighMemoryUsage', 'firing') as [Told];
    const again = tell(
      e,
      memory,
      'warning',
      'slack',
      'firing',
      T0 + stepOf('HighMemoryUsage', 'recovery').startMs,
    ).notification;
    again.groupKey = notification.groupKey = 'together';
    const other = { alertname: 'AnotherOne', severity: 'warning' };
    const news = { status: 'firing' as const, labels: other, annotations: {} };
    again.alerts.push(news);
    if (alike) notification.alerts.push(news);
  };

  it('name an alert again when another of them changes', () =>
    expect(findings((e) => grouped(e, false))).toEqual([]));
  it('and not when nothing does', () =>
    expect(findings((e) => grouped(e, true))).toEqual(['unexpected-notification']));
});

describe('a notification that comes again', () => {
  const again =
    (atMs: number) =>
    (e: Evidence): void =>
      void tell(e, trackOf('HighMemoryUsage'), 'warning', 'slack', 'resolved', T0 + atMs);
  const back = stepOf('ServiceDown/alertmanager', 'return').startMs;

  it("is nobody's fault after Alertmanager's crash, which loses what its log had not saved", () => {
    expect(findings(again(back + 2_000))).toEqual([]);
  });

  it('is a finding before it', () => {
    expect(findings(again(back - 2_000))).toEqual(['unexpected-notification']);
  });

  it('is a finding after it when it had not been told before', () => {
    expect(
      findings(
        (e) =>
          void tell(
            e,
            trackOf('HighMemoryUsage'),
            'warning',
            'email',
            'resolved',
            T0 + back + 2_000,
          ),
      ),
    ).toEqual(['unexpected-notification']);
  });
});

it('who was never told of the firing is not said to lack the end', () => {
  const causes = (change: (e: Evidence) => void): string[] => {
    const evidence = perfectEvidence(plan);
    change(evidence);
    return judge(plan, evidence).verdicts.flatMap((v) =>
      v.finding?.id === 'resolution-not-received' ? [v.finding.likelyCause] : [],
    );
  };
  expect(causes((e) => untell(e, 'HighMemoryUsage', 'resolved'))).toEqual([
    expect.stringContaining('send_resolved'),
  ]);
  expect(causes((e) => untell(e, 'HighMemoryUsage'))).toEqual([
    expect.stringContaining('not told of the firing either'),
  ]);
});

describe('doubt', () => {
  it("doesn't reach an expression that had no value at all", () => {
    const unnoticed =
      (values: number[]) =>
      (e: Evidence): void => {
        e.series = e.series.filter((s) => s.labels['alertname'] !== 'HighMemoryUsage');
        untell(e, 'HighMemoryUsage');
        e.expressions['HighMemoryUsage'] =
          values.length === 0
            ? []
            : [
                {
                  labels: trackOf('HighMemoryUsage').labels,
                  samples: values.map((v, i) => [T0 + 500 * i, v]),
                },
              ];
        e.timeline.find((t) => t.step === 'HighMemoryUsage/settle')!.at += 700;
      };
    expect(findings(unnoticed([40, 40]))).toEqual(['could-not-judge', 'could-not-judge']);
    expect(findings(unnoticed([]))).toEqual(['blip-unnoticed', 'never-pending']);
  });

  const late = (e: Evidence): void => delay(e, 'HighMemoryUsage', 'firing', 2_500);
  const reasons: [string, (e: Evidence) => void][] = [
    [
      'a missed rule evaluation',
      (e) => {
        e.groups[0]!.iterationsMissed = 1;
      },
    ],
    [
      'a harness that was held up',
      (e) => {
        e.lags.push({ at: T0 + stepOf('HighMemoryUsage', 'breach').endMs, ms: 400 });
      },
    ],
    [
      'a query error',
      (e) => {
        e.queryErrors.push({ query: 'ALERTS', error: 'timeout' });
      },
    ],
    [
      'a late stimulus',
      (e) => {
        e.timeline.find((t) => t.step === 'HighMemoryUsage/settle')!.at += 700;
      },
    ],
  ];
  it.each(reasons)('%s makes a failure inconclusive, and never a pass', (_name, doubt) => {
    expect(
      findings((e) => {
        late(e);
        doubt(e);
      }),
    ).toEqual(['could-not-judge']);
    expect(findings(doubt)).toEqual([]);
  });

  it('an interrupted run is not a pass, and what was finished before is still judged', () => {
    const evidence = perfectEvidence(plan);
    evidence.interruption = {
      at: T0 + stepOf('HighMemoryUsage', 'recovery').endMs + 1,
      reason: 'interrupted',
      detail: 'redis ended by itself',
    };
    const judgement = judge(plan, evidence);
    expect(judgement.exitCode).toBe(2);
    expect(
      judgement.verdicts
        .filter((v) => aboutOf(v) === 'HighMemoryUsage')
        .every((v) => v.outcome === 'pass'),
    ).toBe(true);
    expect(
      judgement.verdicts.filter((v) => aboutOf(v) === 'ServiceDown/backend').map((v) => v.outcome),
    ).toEqual(['inconclusive']);
  });

  it('no verdict at all is not a pass', () => {
    expect(judge({ ...plan, alerts: [], tracks: [] }, perfectEvidence(plan)).exitCode).toBe(2);
  });
});
