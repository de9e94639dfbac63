import { describe, expect, it } from 'vitest';
import { ClockStepped } from '../../src/lib/clocks.ts';
import type { Evidence } from '../../src/model/evidence.ts';
import type { FindingId } from '../../src/model/finding.ts';
import type { Plan } from '../../src/model/plan.ts';
import { makePlan } from '../../src/plan/index.ts';
import { judge } from '../../src/verdict/index.ts';
import { aboutOf } from '../support/expectations.ts';
import { T0, perfectEvidence, tell, tellWatchdog, toldOf, untell } from '../support/perfect.ts';
import type { Told } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';
import { delay, judgedAlerts, plan, stepOf, trackOf } from './worlds/alerts.ts';
import { idsOf } from './worlds/world.ts';

/** The ids of everything that didn't pass, after something was done to a perfect world. */
const findings = (change: (evidence: Evidence) => void): FindingId[] => idsOf(judgedAlerts(change));

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

it('who is promised nothing of the end needn’t be told of it', () => {
  const untold = (resolved: boolean): FindingId[] => {
    const spec = smallSpec();
    spec.contract.receivers.find(({ name }) => name === 'slack')!.resolved = resolved;
    const promised = makePlan(spec, 'small', 60);
    const evidence = perfectEvidence(promised);
    untell(evidence, 'HighMemoryUsage', 'resolved');
    return idsOf(judge(promised, evidence).verdicts);
  };
  expect(untold(true)).toEqual(['resolution-not-received']);
  expect(untold(false)).toEqual([]);
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

  it('a clock that was stepped fails nothing, whatever times were recorded after it', () => {
    const at = T0 + stepOf('HighMemoryUsage', 'breach').startMs + 1;
    const later = (ms: number): number => (ms > at ? ms + 3_600_000 : ms);
    const evidence = perfectEvidence(plan);
    const { message: detail } = new ClockStepped(at, 3_600_000);
    for (const series of [...evidence.series, ...evidence.metrics])
      series.samples = series.samples.map(([ms, value]) => [later(ms), value]);
    for (const notice of evidence.notifications) notice.receivedAt = later(notice.receivedAt);
    const judged = (interruption: Evidence['interruption']) =>
      judge(plan, { ...evidence, interruption });
    const stepped = judged({ at, reason: 'interrupted', detail });
    expect(stepped.counts.fail).toBe(0);
    expect(stepped).toMatchObject({ exitCode: 2, interruption: detail });
    // Unnoticed, the same is blamed on the stack.
    expect(judged(null).counts.fail).toBeGreaterThan(0);
  });

  it('no verdict at all is not a pass', () => {
    expect(judge({ ...plan, alerts: [], tracks: [] }, perfectEvidence(plan)).exitCode).toBe(2);
  });
});
