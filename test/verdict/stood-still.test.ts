import { describe, expect, it } from 'vitest';
import type { Evidence } from '../../src/model/evidence.ts';
import { makePlan } from '../../src/plan/index.ts';
import { stoodIn } from '../../src/verdict/alerts/doubts/standing.ts';
import type { Standing } from '../../src/verdict/alerts/doubts/standing.ts';
import { judge } from '../../src/verdict/index.ts';
import { Known } from '../../src/verdict/panels/known.ts';
import { T0, active, perfectEvidence, toldOf, untell } from '../support/perfect.ts';
import { smallSpec } from '../support/spec.ts';
import { delay, plan, stepOf, trackOf } from './worlds/alerts.ts';

// What a component that stood still for a moment leaves behind, while the harness did not.

/** What didn't pass, as `outcome finding`. */
function findings(change: (evidence: Evidence) => void, p = plan): string[] {
  const evidence = perfectEvidence(p);
  change(evidence);
  return judge(p, evidence)
    .verdicts.filter(({ outcome }) => outcome !== 'pass')
    .map(({ outcome, finding }) => `${outcome} ${finding!.id}`);
}

/** Scrapes of a job every so often: when each began, how long it took (s), and whether it came. */
function scraped(e: Evidence, job: string, scrapes: [at: number, s: number, up: number][]): void {
  e.series.push(
    { labels: { __name__: 'up', job }, samples: scrapes.map(([at, , up]) => [at, up]) },
    {
      labels: { __name__: 'scrape_duration_seconds', job },
      samples: scrapes.map(([at, s]) => [at, s]),
    },
  );
}
const UNSURE = ['inconclusive could-not-judge'];

/** The small stack, whose alert on memory says this. */
function spokenOf(pattern: string): ReturnType<typeof smallSpec> {
  const spec = smallSpec();
  spec.contract.alerts.find(({ name }) => name === 'HighMemoryUsage')!.says = [pattern];
  return spec;
}

describe('Alertmanager', () => {
  const breach = T0 + stepOf('HighMemoryUsage', 'breach').startMs;
  const late = (e: Evidence): void => delay(e, 'HighMemoryUsage', 'firing', 2_500);
  /** Its scrapes failed from a moment on, for so long. */
  const stood =
    (from: number, ms: number, up = 0) =>
    (e: Evidence): void =>
      scraped(
        e,
        'alertmanager',
        Array.from({ length: ms / 250 }, (_, i) => [from + i * 250, 0.167, up]),
      );

  it('tells late where its own scrapes failed meanwhile', () =>
    expect(
      findings((e) => {
        late(e);
        stood(breach + 5_500, 2_500)(e);
      }),
    ).toEqual(UNSURE));

  it.each<[string, (e: Evidence) => void]>([
    ['they were quick', (e) => scraped(e, 'alertmanager', [[breach + 6_000, 0.004, 1]])],
    ['they failed long before', stood(T0 + 10, 2_500)],
    ['only one of them failed', stood(breach + 6_000, 250)],
    ['they were slow', stood(breach + 5_500, 2_500, 1)],
    ['another job’s did', (e) => scraped(e, 'backend', [[breach + 6_000, 0.167, 0]])],
  ])('but not where %s', (_, change) =>
    expect(
      findings((e) => {
        late(e);
        change(e);
      }),
    ).toContain('fail received-late'),
  );

  it('explains no other severity and no message that never arrives', () =>
    expect(
      findings((e) => {
        stood(breach + 5_500, 2_500)(e);
        for (const { labels } of e.series)
          if (labels['alertname'] === 'HighMemoryUsage') labels['severity'] = 'info';
      }),
    ).toEqual(['fail wrong-severity']));

  /** The Watchdog isn't heard between two moments, and Alertmanager's scrapes failed at one. */
  const silentAround =
    (failedAt: number) =>
    (e: Evidence): void => {
      const from = T0 + 2_000;
      const isSilent = e.notifications.map(
        (n) =>
          n.alerts.some(({ labels }) => labels['alertname'] === 'Watchdog') &&
          n.receivedAt > from &&
          n.receivedAt < from + 9_000,
      );
      e.notifications = e.notifications.filter((_, i) => !isSilent[i]);
      e.deliveries = e.deliveries.filter((_, i) => !isSilent[i]);
      stood(failedAt, 9_000)(e);
    };
  it('keeps the Watchdog quiet, and everything else is judged', () => {
    expect(findings(silentAround(T0 + 3_000))).toEqual(UNSURE);
    expect(findings(silentAround(T0 + 30_000))).toEqual(['fail watchdog-silent']);
  });
});

describe('an Alertmanager that stands still before the run can begin', () => {
  const START = T0 - 8_000;
  const silentAtStart =
    (up: number, failedFrom: number) =>
    (e: Evidence): void => {
      e.t0 = null;
      [e.notifications, e.deliveries] = [[], []];
      e.interruption = { at: START + 20_000, reason: 'watchdog-silent', detail: 'it is silent' };
      const scrapes = Array.from({ length: 60 }, (_, i): [number, number, number] => {
        const at = START + 5_000 + i * 250;
        return [at, 0.167, at < START + failedFrom ? 1 : up];
      });
      scraped(e, 'alertmanager', scrapes);
    };
  it('keeps the Watchdog quiet: that is no fault of the stack', () =>
    expect([...new Set(findings(silentAtStart(0, 5_500)))]).toEqual(UNSURE));
  it.each([
    ['it answers', silentAtStart(1, 5_500)],
    ['it stood still at last only', silentAtStart(0, 17_000)],
    ['it never answered', silentAtStart(0, 0)],
  ])('but not where %s', (_, change) => expect(findings(change)).toEqual(['fail watchdog-silent']));
});

describe('for how long it stood between two moments', () => {
  const stretch = (fromMs: number, toMs: number): Standing => ({
    ...{ at: fromMs + 250, fromMs, toMs },
    reason: `since ${fromMs}`,
  });
  const stood = [stretch(0, 400), stretch(250, 650), stretch(2_000, 2_400)];
  it.each<[string, [number, number], number, number]>([
    ['counts once what two scrapes show', [-100, 1_000], 650, 2],
    ['ends where the stretch ends', [300, 500], 200, 2],
    ['is nothing where no scrape failed', [650, 2_000], 0, 0],
    ['is the sum of what lies apart', [500, 3_000], 550, 2],
  ])('%s', (_, between, ms, reasons) => {
    const found = stoodIn(stood, between);
    expect([found.ms, found.reasons.length]).toEqual([ms, reasons]);
  });
});

describe('k6', () => {
  const errors = 'HighErrorRate';
  const near = T0 + stepOf(errors, 'near').startMs;
  /** The alert is active in its near phase, and k6 sent events of a phase so late. */
  const burst =
    (phase: string, lateMs: number) =>
    (e: Evidence): void => {
      active(e, trackOf(errors), 'critical', near + 1_000, 1, 0, 500);
      const at = T0 + stepOf(errors, phase).startMs;
      e.k6!.steps[`${errors}/${phase}`] = { first: at, last: at, count: 9, lateMs };
    };

  it('sends at once what was due while it stood still: a rate is higher for a moment', () =>
    expect(findings(burst('near', 600))).toEqual(UNSURE));
  it('but not by so little', () =>
    expect(findings(burst('near', 90))).toEqual(['fail fired-below-limit']));
  it('nor in another phase', () =>
    expect(findings(burst('recovery', 600))).toEqual(['fail fired-below-limit']));

  it('is no measure of a slot in which it stood still', () => {
    const slots = { backend: [4_000, 8_000].map((untilMs) => ({ untilMs, isSteady: true })) };
    const cut = { ...plan, load: { ...plan.load, slots } };
    const none = { 0.5: 0, 0.95: 0, 0.99: 0 };
    const count = { all: 600, errors: 0, events: 0, asked: none, waited: none };
    const evidence = perfectEvidence(cut);
    evidence.timeline = [];
    evidence.k6!.slots = {
      backend: [
        { slot: 0, ...count, stoodMs: 420 },
        { slot: 1, ...count, stoodMs: 0 },
      ],
    };
    const known = new Known(cut, evidence, T0);
    expect(known.slots.steady('backend').map(({ count: { slot } }) => slot)).toEqual([1]);
  });
});

describe('Prometheus', () => {
  const down = trackOf('ServiceDown/backend');
  const blip = T0 + stepOf('ServiceDown/backend', 'blip').startMs;
  const own = ({ labels }: Evidence['series'][number]): boolean =>
    labels['alertname'] === 'ServiceDown' && labels['job'] === 'backend';
  const withoutBlip = (e: Evidence): void => {
    const until = T0 + stepOf('ServiceDown/backend', 'outage').startMs;
    for (const series of e.series.filter(own))
      series.samples = series.samples.filter(([at]) => at < blip || at > until);
  };
  /** One scrape of the backend after so many ms, just when it was frozen. */
  const gap =
    (ms: number, job = 'backend') =>
    (e: Evidence): void =>
      scraped(e, job, [
        [blip - 100, 0.004, 1],
        [blip - 100 + ms, 0.17, 0],
      ]);

  it('doesn’t see a freeze where it stood still just then', () =>
    expect(
      findings((e) => {
        withoutBlip(e);
        gap(450)(e);
      }),
    ).toEqual(UNSURE));
  it.each<[string, (e: Evidence) => void]>([
    ['scrapes came in time', gap(260)],
    ['only another job’s were late', gap(450, 'node')],
  ])('but does where %s', (_, change) =>
    expect(
      findings((e) => {
        withoutBlip(e);
        change(e);
      }),
    ).toEqual(['fail blip-unnoticed']),
  );

  const memory = (e: Evidence): void => {
    const breach = T0 + stepOf('HighMemoryUsage', 'breach').startMs;
    scraped(e, 'node', [
      [breach + 1_000, 0.004, 1],
      [breach + 1_450, 0.004, 1],
    ]);
  };
  it.each<[string, (e: Evidence) => void]>([
    ['received-late', (e) => delay(e, 'HighMemoryUsage', 'firing', 2_500)],
    [
      'never-pending',
      (e) => {
        const from = T0 + stepOf('HighMemoryUsage', 'breach').startMs;
        for (const { labels, samples } of e.series)
          if (labels['alertname'] === 'HighMemoryUsage')
            samples.splice(0, Infinity, ...samples.filter(([at]) => at < from));
        untell(e, 'HighMemoryUsage');
      },
    ],
  ])('explains no %s by one scrape that was late', (id, change) =>
    expect(
      findings((e) => {
        change(e);
        memory(e);
      }),
    ).toContain(`fail ${id}`),
  );

  /** Pending at the blip, firing two evaluations later, with one missed between them or not. */
  const fired =
    (missed: number, pendingAt = blip + 100) =>
    (e: Evidence): void => {
      withoutBlip(e);
      e.groups[0]!.iterationsMissed = missed;
      active(e, down, 'critical', pendingAt, 1, 0, 500);
      active(e, down, 'critical', blip + 1_100, 0, 1, 500);
    };
  const ofTheBlip = (change: (e: Evidence) => void): string[] =>
    findings(change).filter((finding) => /blip|could-not-judge/.test(finding));

  it('fires a pending alert by right after an evaluation that it missed', () =>
    expect(ofTheBlip(fired(1))).toEqual(UNSURE));
  it('but not sooner than its `for` after it was pending, nor where none was missed', () => {
    expect(ofTheBlip(fired(0))).toEqual(['fail fired-on-blip']);
    expect(ofTheBlip(fired(1, blip + 600))).toEqual(['fail fired-on-blip']);
  });

  it('shows a target as down whose scrape it broke off, until it goes on', () => {
    const evidence = perfectEvidence(plan);
    evidence.timeline = [];
    const at = T0 + 5_000;
    scraped(evidence, 'node', [
      [at - 250, 0.004, 1],
      [at, 1.2, 0],
      [at + 1_250, 0.004, 1],
    ]);
    const known = new Known(plan, evidence, T0);
    expect([600, 900, 1_200].map((ms) => known.up('node', at + ms))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('an exporter that was still at its last scrape', () => {
  const counting = makePlan(spokenOf('node-exporter:9100 is at 8[2-6]%, over 80'), 'small', 60);
  /** What Slack is told, and whether the scrape before failed. */
  const said =
    (text: string, up: number, beforeMs = 700) =>
    (e: Evidence): void => {
      for (const { notification, delivery } of toldOf(e, 'HighMemoryUsage', 'firing')) {
        delivery.text = text;
        scraped(e, 'node', [[notification.receivedAt - beforeMs, 0.167, up]]);
      }
    };
  const [RIGHT, OFF] = [
    'node-exporter:9100 is at 84%, over 80',
    'node-exporter:9100 is at 88%, over 80',
  ];

  it('makes the value that is told another one', () => {
    expect(findings(said(RIGHT, 0), counting)).toEqual([]);
    expect(findings(said(OFF, 0), counting)).toEqual(UNSURE);
  });
  it('but no value where it was quick or long before, and no other words', () => {
    const wrong = ['fail wrong-text'];
    expect(findings(said(OFF, 1, 9_000), counting)).toEqual(wrong);
    expect(findings(said(OFF, 0, 9_000), counting)).toEqual(wrong);
    expect(findings(said('node-exporter:9100 is at 88%, over 90', 0), counting)).toEqual(wrong);
    expect(findings(said('node-exporter:9200 is at 88%, over 80', 0), counting)).toEqual(wrong);
    expect(findings(said('node-exporter:9100 was at 84%, over 80', 0), counting)).toEqual(wrong);
    expect(findings(said('node-exporter:9100 is at <no value>%, over 80', 0), counting)).toEqual(
      wrong,
    );
  });
});

describe('an alert that is about no job', () => {
  const spec = smallSpec();
  const memory = spec.contract.alerts.find(({ name }) => name === 'HighMemoryUsage')!;
  memory.labels = {};
  spec.prometheus.ruleGroups[0]!.rules.find(({ alert }) => alert === memory.name)!.expr = 'up < 1';
  const jobless = makePlan(spec, 'small', 60);
  const track = jobless.tracks.find(({ id }) => id === 'HighMemoryUsage')!;
  const breach = T0 + track.steps.find(({ phase }) => phase === 'breach')!.startMs;
  /** It is active again after a moment in which it was not. */
  const interrupted = (e: Evidence): void => {
    for (const series of e.series)
      if (
        series.labels['alertname'] === 'HighMemoryUsage' &&
        series.labels['alertstate'] === 'pending'
      )
        series.samples = series.samples.filter(([at]) => at < breach || at > breach + 2_500);
  };

  it('is as uncertain as what its rule reads', () => {
    const ofIt = (change: (e: Evidence) => void): string[] =>
      findings(change, jobless).filter((finding) => /pending-late|could-not-judge/.test(finding));
    expect(ofIt(interrupted)).toEqual(['fail pending-late']);
    const doubted = ofIt((e) => {
      interrupted(e);
      scraped(e, 'backend', [[breach + 1_500, 0.167, 0]]);
    });
    expect(doubted[0]).toBe(UNSURE[0]);
    expect(doubted).not.toContain('fail pending-late');
  });
});

describe('a final query that Prometheus refuses', () => {
  const refused =
    (query: string) =>
    (e: Evidence): void => {
      e.queryErrors.push({ query, error: 'multiple matches for labels', refused: true });
    };
  const unlike = (e: Evidence): void => {
    for (const { labels } of e.series)
      if (labels['alertname'] === 'HighMemoryUsage') labels['severity'] = 'info';
  };
  const expression = plan.rules['HighErrorRate']!.valueExpr;

  it('says nothing of other alerts, where it is the expression of one', () =>
    expect(
      findings((e) => {
        unlike(e);
        refused(expression)(e);
      }),
    ).toEqual(['fail wrong-severity']));
  it('leaves nothing certain where it is what all are judged by', () =>
    expect(
      findings((e) => {
        unlike(e);
        refused('ALERTS')(e);
      }),
    ).toEqual(UNSURE));
  it('is the cause of its own alert’s silence', () => {
    const evidence = perfectEvidence(plan);
    evidence.series = evidence.series.filter((s) => s.labels['alertname'] !== 'HighErrorRate');
    refused(expression)(evidence);
    const silent = judge(plan, evidence).verdicts.find(
      ({ finding }) => finding?.id === 'never-pending',
    );
    expect(silent?.finding?.seen).toContain('multiple matches for labels');
    expect(silent?.finding?.likelyCause).toContain('ends with an error');
    evidence.queryErrors = [{ query: expression, error: 'it took too long' }];
    const late = judge(plan, evidence).verdicts.find(
      ({ finding }) => finding?.id === 'never-pending',
    );
    expect(late?.finding?.likelyCause).not.toContain('ends with an error');
  });
});
